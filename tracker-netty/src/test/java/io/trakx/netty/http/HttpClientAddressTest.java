package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who the client is: the socket's address, or what a trusted proxy says. */
@ExtendWith(LeakGuard.class)
class HttpClientAddressTest {
  /** The listener at 127.0.0.1 trusts 127.0.0.2 and 10/8; the one at ::1 trusts ::1's header. */
  private final TestServer server =
      TestServer.on(TransportType.AUTO)
          .listen(
              "127.0.0.1",
              TrustedProxies.parse(List.of("127.0.0.2", "10.0.0.0/8")),
              "X-Forwarded-For")
          .listen("::1", TrustedProxies.parse(List.of("::1")), "X-Real-IP")
          .listen("127.0.0.1")
          .start();

  HttpClientAddressTest() throws IOException {}

  @AfterEach
  void stop() {
    server.close();
  }

  private RawResponse announce(String from, String... headers) throws IOException {
    try (RawClient client = server.connectFrom(from)) {
      return client.get(Announce.of(hash(1)).toString(), headers);
    }
  }

  private static String ipv4(String address) {
    return Announce.compact(address, 0).substring(0, 4);
  }

  @Test
  void theSocketsAddressIsTheClients() throws IOException {
    assertThat(announce("127.0.0.7").string("external ip")).isEqualTo(ipv4("127.0.0.7"));
  }

  @Test
  void aHeaderFromSomebodyUntrustedIsIgnored() throws IOException {
    assertThat(announce("127.0.0.7", "X-Forwarded-For: 9.9.9.9").string("external ip"))
        .isEqualTo(ipv4("127.0.0.7"));
  }

  @Test
  void aTrustedProxyNamesTheClient() throws IOException {
    assertThat(announce("127.0.0.2", "X-Forwarded-For: 9.9.9.9").string("external ip"))
        .isEqualTo(ipv4("9.9.9.9"));
    assertThat(announce("127.0.0.2", "x-forwarded-for:2001:db8::1").string("external ip"))
        .isEqualTo(" \1\r\u00b8" + "\0".repeat(11) + "\1");
    assertThat(announce("127.0.0.2", "X-Forwarded-For: ::ffff:9.9.9.8").string("external ip"))
        .isEqualTo(ipv4("9.9.9.8"));
  }

  @Test
  void theRightmostUntrustedAddressIsTheClients() throws IOException {
    assertThat(
            announce("127.0.0.2", "X-Forwarded-For: 6.6.6.6, 9.9.9.9, 10.0.0.1")
                .string("external ip"))
        .isEqualTo(ipv4("9.9.9.9"));
    assertThat(
            announce("127.0.0.2", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 9.9.9.7, 10.1.2.3")
                .string("external ip"))
        .isEqualTo(ipv4("9.9.9.7"));
  }

  @Test
  void aMissingHeaderFromATrustedProxyIsAFailureAndCounted() throws IOException {
    assertThat(announce("127.0.0.2").string("failure reason")).contains("proxy");
    assertThat(server.count(TrackerCounter.HTTP_PROXY_HEADER_BAD)).isEqualTo(1);
    assertThat(server.count(TrackerCounter.ANNOUNCES_REFUSED)).isEqualTo(1);
    assertThat(server.store.totals().peers()).isZero();
  }

  @Test
  void aBrokenHeaderFromATrustedProxyIsAFailureAndNeverAGuess() throws IOException {
    List<String> broken =
        List.of(
            "", "unknown", "9.9.9", "9.9.9.9, junk", "9.9.9.9,", "256.1.1.1", "[::1", "_hidden");
    for (String value : broken) {
      assertThat(announce("127.0.0.2", "X-Forwarded-For: " + value).string("failure reason"))
          .as(value)
          .contains("proxy");
    }
    assertThat(server.count(TrackerCounter.HTTP_PROXY_HEADER_BAD)).isEqualTo(broken.size());
    assertThat(server.store.totals().peers()).isZero();
  }

  @Test
  void theHeaderAndTheTrustAreThoseOfTheListener() throws IOException {
    assertThat(
            announce("::1", "X-Real-IP: 9.9.9.6", "X-Forwarded-For: 6.6.6.6").string("external ip"))
        .isEqualTo(ipv4("9.9.9.6"));
    assertThat(announce("::1", "X-Forwarded-For: 6.6.6.6").string("failure reason"))
        .contains("proxy");
    try (RawClient client = new RawClient(server.address(2), InetAddress.getByName("127.0.0.2"))) {
      assertThat(
              client
                  .get(Announce.of(hash(1)).toString(), "X-Forwarded-For: 6.6.6.6")
                  .string("external ip"))
          .isEqualTo(ipv4("127.0.0.2"));
    }
  }

  @Test
  void manyClientsShareOneProxyConnection() throws IOException {
    try (RawClient proxy = server.connectFrom("127.0.0.2")) {
      for (int client = 1; client <= 20; client++) {
        RawResponse answer =
            proxy.get(Announce.of(hash(1)).toString(), "X-Forwarded-For: 9.9.9." + client);
        assertThat(answer.number("incomplete")).isEqualTo(client);
      }
    }
  }

  @Test
  void peersFromPrivateAndLoopbackAddressesAreAccepted() throws IOException {
    for (String address : List.of("192.168.1.1", "172.16.0.1", "169.254.1.1", "fd00::1", "::1")) {
      announce("127.0.0.2", "X-Forwarded-For: " + address);
    }
    assertThat(server.store.totals().peers()).isEqualTo(5);
  }

  @Test
  void scrapesNeedNoClientAddress() throws IOException {
    try (RawClient client = server.connectFrom("127.0.0.2")) {
      assertThat(client.get("/scrape?info_hash=" + hash(1)).has("files")).isTrue();
    }
  }
}
