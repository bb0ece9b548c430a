package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Proxies that introduce their clients before the first request, and those who play proxy. */
@ParameterizedClass
@MethodSource("io.trakx.netty.http.TestServer#transports")
@ExtendWith(LeakGuard.class)
class HttpProxyProtocolTest {
  private static final String PROXY = "127.0.0.2";
  private static final String NEWS = ProxyHeaders.line("9.9.9.9", 4711);

  private final TestServer server;

  HttpProxyProtocolTest(TransportType transport) throws IOException {
    server =
        TestServer.on(transport)
            .listen("127.0.0.1", TrustedProxies.parse(List.of(PROXY)), null)
            .listen("::1", TrustedProxies.parse(List.of("::1")), null)
            .listen("127.0.0.1")
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String request() {
    return "GET " + Announce.of(hash(1)) + " HTTP/1.1\r\nHost: t\r\n\r\n";
  }

  /** The peers that somebody else is given, at the listener for everybody. */
  private String othersPeers() throws IOException {
    try (RawClient other = new RawClient(server.address(2), InetAddress.getByName("127.0.0.9"))) {
      return other.get(Announce.of(hash(1)).port(99).toString()).string("peers");
    }
  }

  private void assertNobodyListed() {
    assertThat(server.store.totals().peers()).isZero();
  }

  /** What an announce behind {@code header} is answered. */
  private RawResponse announce(String header) throws IOException {
    try (RawClient proxy = server.connectFrom(PROXY)) {
      return proxy.send(header + request()).read();
    }
  }

  private static String ipv4(String address) {
    return Announce.compact(address, 0).substring(0, 4);
  }

  @Test
  void theProxySaysWhoTheClientIs() throws IOException {
    for (String header :
        List.of(
            ProxyHeaders.line("9.9.9.9", 4711),
            ProxyHeaders.line("::ffff:9.9.9.9", 4711),
            ProxyHeaders.binary("9.9.9.9", 4711, ""),
            ProxyHeaders.binary("9.9.9.9", 4711, "\4\0\5hello"),
            ProxyHeaders.binary("9.9.9.9", 4711, "\4\7\u00d0" + "x".repeat(2000)),
            ProxyHeaders.binary(
                0x21, 0x21, "\0".repeat(10) + "\u00ff\u00ff" + ipv4("9.9.9.9") + "x".repeat(20)))) {
      assertThat(announce(header).string("external ip")).as(header).isEqualTo(ipv4("9.9.9.9"));
    }
    assertThat(server.store.totals().peers()).isEqualTo(1);
    assertThat(othersPeers()).isEqualTo(Announce.compact("9.9.9.9", 6881));
    assertThat(server.count(TrackerCounter.HTTP_PROXY_HEADER_BAD)).isZero();
  }

  @Test
  void clientsMayHaveIpv6() throws IOException {
    String address = "\40\1\r\u00b8" + "\0".repeat(11) + "\1";
    for (String header :
        List.of(
            ProxyHeaders.line("2001:db8::1", 4711), ProxyHeaders.binary("2001:db8::1", 4711, ""))) {
      assertThat(announce(header).string("external ip")).isEqualTo(address);
      try (RawClient proxy = server.connectFrom("::1")) {
        assertThat(proxy.send(header + request()).read().string("external ip")).isEqualTo(address);
      }
    }
    assertThat(server.store.totals().peers()).isEqualTo(1);
  }

  @Test
  void theHeaderMayComeInPieces() throws IOException {
    for (String header : List.of(NEWS, ProxyHeaders.binary("9.9.9.9", 4711, "\4\0\5hello"))) {
      for (int cut = 1; cut <= header.length() + 5; cut++) {
        String all = header + request();
        long before = server.count(TrackerCounter.HTTP_CONNECTIONS);
        try (RawClient proxy = server.connectFrom(PROXY)) {
          proxy.send(all.substring(0, cut));
          TestServer.await(
              "accepted", () -> server.count(TrackerCounter.HTTP_CONNECTIONS) > before);
          assertThat(proxy.send(all.substring(cut)).read().string("external ip"))
              .isEqualTo(ipv4("9.9.9.9"));
        }
      }
      try (RawClient proxy = server.connectFrom(PROXY)) {
        for (char each : (header + request()).toCharArray()) {
          proxy.send(String.valueOf(each));
        }
        assertThat(proxy.read().string("external ip")).isEqualTo(ipv4("9.9.9.9"));
      }
    }
  }

  @Test
  void theHeaderHoldsForAllRequestsOfTheConnection() throws IOException {
    try (RawClient proxy = server.connectFrom(PROXY)) {
      proxy.send(NEWS + request() + request());
      assertThat(proxy.read().string("external ip")).isEqualTo(ipv4("9.9.9.9"));
      assertThat(proxy.read().string("external ip")).isEqualTo(ipv4("9.9.9.9"));
      assertThat(proxy.get("/page").text()).contains("/page");
      assertThat(proxy.send(request()).read().string("external ip")).isEqualTo(ipv4("9.9.9.9"));
      assertThat(proxy.send(NEWS + request()).read().status()).isEqualTo(400);
      assertThat(proxy.closedByServer()).isTrue();
    }
  }

  @Test
  void whatTheClientSaysOfItselfIsNotLookedAt() throws IOException {
    try (RawClient proxy = server.connectFrom(PROXY)) {
      proxy.send(NEWS);
      for (String header : List.of("X-Forwarded-For: 6.6.6.6", "Forwarded: for=6.6.6.6")) {
        assertThat(proxy.get(Announce.of(hash(1)).toString(), header).string("external ip"))
            .isEqualTo(ipv4("9.9.9.9"));
      }
    }
    assertThat(othersPeers()).isEqualTo(Announce.compact("9.9.9.9", 6881));
  }

  @Test
  void aMissingOrBrokenHeaderIsAFailureAndNeverAGuess() throws IOException {
    List<String> broken =
        List.of(
            "",
            "GET / HTTP/1.1\r\nX-Forwarded-For: 9.9.9.9\r\n\r\n",
            "\26\3\1\2\0\1\0",
            "PROXYTCP4",
            "PROXY\r\n",
            "PROXY \n\r\n",
            ProxyHeaders.line(""),
            ProxyHeaders.line("TCP4"),
            ProxyHeaders.line("UNKNOWNS"),
            ProxyHeaders.line("TCP5 9.9.9.9 9.9.9.8 1 2"),
            ProxyHeaders.line("UDP4 9.9.9.9 9.9.9.8 1 2"),
            ProxyHeaders.line("TCP4 9.9.9.9 9.9.9.8 1"),
            ProxyHeaders.line("TCP4 9.9.9.9 9.9.9.8 1 2 "),
            ProxyHeaders.line("TCP4 9.9.9.9 9.9.9.8 1 65536"),
            ProxyHeaders.line("TCP4 9.9.9.9 9.9.9.8 -1 2"),
            ProxyHeaders.line("TCP4  9.9.9.9 9.9.9.8 1 2"),
            ProxyHeaders.line("TCP4 9.9.9.9:1 9.9.9.8 1 2"),
            ProxyHeaders.line("TCP4 9.9.9 9.9.9.8 1 2"),
            ProxyHeaders.line("TCP4 9.9.9.256 9.9.9.8 1 2"),
            ProxyHeaders.line("TCP4 9.9.9.9 somewhere 1 2"),
            ProxyHeaders.line("TCP4 2001:db8::1 2001:db8::2 1 2"),
            ProxyHeaders.line("TCP6 9.9.9.9 9.9.9.8 1 2"),
            ProxyHeaders.line("TCP6 [2001:db8::1] 2001:db8::2 1 2"),
            ProxyHeaders.line("TCP6 2001:db8::1%eth0 2001:db8::2 1 2"),
            ProxyHeaders.line("UNKNOWN " + "x".repeat(200)),
            NEWS.replace("\r\n", "\n") + "x".repeat(200),
            ProxyHeaders.binary(0x11, 0x11, "x".repeat(12)),
            ProxyHeaders.binary(0x22, 0x11, "x".repeat(12)),
            ProxyHeaders.binary(0x31, 0x11, "x".repeat(12)),
            ProxyHeaders.binary(0x21, 0x11, "x".repeat(11)),
            ProxyHeaders.binary(0x21, 0x12, "x".repeat(12)),
            ProxyHeaders.binary(0x21, 0x21, "x".repeat(35)),
            ProxyHeaders.binary(0x21, 0x31, "x".repeat(216)),
            ProxyHeaders.binary(0x21, 0x11, "x".repeat(2033)),
            ProxyHeaders.binary(0x20, 0x00, "x".repeat(0xffff)),
            NEWS.toLowerCase(Locale.ROOT));
    for (String header : broken) {
      try (RawClient proxy = server.connectFrom(PROXY)) {
        RawResponse answer = proxy.send(header + request()).read();
        assertThat(answer.string("failure reason")).as(header).contains("proxy");
        assertThat(answer.headers()).containsEntry("connection", "close");
        assertThat(proxy.closedByServer()).as(header).isTrue();
      }
    }
    assertThat(server.count(TrackerCounter.HTTP_PROXY_HEADER_BAD)).isEqualTo(broken.size());
    assertThat(server.count(TrackerCounter.HTTP_REQUESTS)).isZero();
    assertNobodyListed();
  }

  @Test
  void whoIsNoTrustedProxyIsShutOut() throws IOException {
    for (String first : List.of(NEWS, request())) {
      try (RawClient stranger = server.connectFrom("127.0.0.3")) {
        stranger.send(first);
        assertThat(stranger.closedByServer()).isTrue();
      }
    }
    assertThat(server.count(TrackerCounter.HTTP_PROXY_UNTRUSTED)).isEqualTo(2);
    assertThat(server.count(TrackerCounter.HTTP_CONNECTIONS)).isZero();
    assertThat(server.count(TrackerCounter.HTTP_PROXY_HEADER_BAD)).isZero();
    assertNobodyListed();
  }

  @Test
  void theHeaderIsForListenersThatAskForIt() throws IOException {
    try (RawClient client = new RawClient(server.address(2), InetAddress.getByName(PROXY))) {
      assertThat(client.send(NEWS + request()).read().status()).isEqualTo(400);
    }
    assertNobodyListed();
  }

  @Test
  void aConnectionOfTheProxysOwnCanAskAndLook() throws IOException {
    List<String> unknown =
        List.of(
            ProxyHeaders.line("UNKNOWN"),
            ProxyHeaders.line("UNKNOWN 9.9.9.9 9.9.9.8 1 2"),
            ProxyHeaders.LOCAL,
            ProxyHeaders.binary(0x20, 0x11, "x".repeat(12)),
            ProxyHeaders.binary(0x21, 0x00, "x".repeat(12)));
    for (String header : unknown) {
      try (RawClient proxy = server.connectFrom(PROXY)) {
        assertThat(proxy.send(header).get("/page").status()).isEqualTo(200);
        assertThat(proxy.get("/scrape?info_hash=" + hash(1)).has("files")).isTrue();
        assertThat(
                proxy
                    .get(Announce.of(hash(1)).toString(), "X-Forwarded-For: 9.9.9.9")
                    .string("failure reason"))
            .as(header)
            .contains("proxy");
        assertThat(proxy.get("/page").status()).isEqualTo(200);
      }
    }
    assertThat(server.count(TrackerCounter.HTTP_PROXY_HEADER_BAD)).isEqualTo(unknown.size());
    assertNobodyListed();
  }

  @Test
  void aHeaderThatDoesNotComeInTimeClosesTheConnection() throws IOException {
    for (String part : List.of("", "PROXY TCP4 9.9.9.9 ", ProxyHeaders.SIGNATURE)) {
      long before = server.count(TrackerCounter.HTTP_CONNECTIONS);
      try (RawClient proxy = server.connectFrom(PROXY)) {
        proxy.send(part);
        TestServer.await("accepted", () -> server.count(TrackerCounter.HTTP_CONNECTIONS) > before);
        TestServer.await("open", () -> server.server.connections() == 1);
        server.skip(Duration.ofSeconds(11));
        assertThat(proxy.closedByServer()).isTrue();
      }
    }
    assertThat(server.count(TrackerCounter.HTTP_TIMEOUTS)).isEqualTo(3);
  }

  @Test
  void aProxyThatOnlyKnocksLeavesNothing() throws IOException {
    for (String part : List.of("", "PROXY TCP4", NEWS, ProxyHeaders.LOCAL)) {
      try (RawClient proxy = server.connectFrom(PROXY)) {
        proxy.send(part).socket().shutdownOutput();
        assertThat(proxy.readAll()).isEmpty();
      }
    }
    TestServer.await("no connection left", () -> server.server.connections() == 0);
    assertThat(server.count(TrackerCounter.HTTP_PROXY_HEADER_BAD)).isZero();
    assertThat(announce(NEWS).string("external ip")).isEqualTo(ipv4("9.9.9.9"));
  }
}
