package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.limit.AddressLimits;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a single address may ask of the HTTP port, with connections kept and closed. */
@ParameterizedClass
@MethodSource("io.trakx.netty.http.TestServer#transports")
@ExtendWith(LeakGuard.class)
class HttpAddressLimitsTest {
  private static final String ALICE = "127.0.0.7";
  private static final String BOB = "127.0.0.8";
  private static final String ANNOUNCE = Announce.of(hash(1)).toString();
  private static final String SCRAPE = "/scrape?info_hash=" + hash(1);
  private static final String TOO_MANY_REQUESTS =
      "d14:failure reason48:too many announces and scrapes from your address8:retry ini1ee";

  private final TransportType transport;

  HttpAddressLimitsTest(TransportType transport) {
    this.transport = transport;
  }

  private TestServer.Builder limited(long requests, long torrents, long ports) {
    return TestServer.on(transport).addressLimits(new AddressLimits(requests, torrents, ports));
  }

  @Test
  void anAddressThatAsksTooOftenIsToldWhenToComeBack() throws IOException {
    try (TestServer server = limited(4, 0, 0).start()) {
      assertThat(server.get(ALICE, ANNOUNCE).text()).contains("8:interval");
      assertThat(server.get(ALICE, SCRAPE).text()).contains("5:files");
      try (RawClient kept = server.connectFrom(ALICE)) {
        assertThat(kept.get(ANNOUNCE).text()).contains("8:interval");
        assertThat(kept.get(SCRAPE).text()).contains("5:files");
        assertThat(kept.get(ANNOUNCE).text()).isEqualTo(TOO_MANY_REQUESTS);
        assertThat(kept.get(SCRAPE).text()).isEqualTo(TOO_MANY_REQUESTS);
        assertThat(kept.get("/page").status()).as("pages are not limited").isEqualTo(200);
        assertThat(server.get(ALICE, ANNOUNCE).text()).isEqualTo(TOO_MANY_REQUESTS);
        assertThat(server.get(BOB, ANNOUNCE).text()).contains("8:interval");
        server.skip(Duration.ofSeconds(15));
        assertThat(kept.get(ANNOUNCE).text()).contains("8:interval");
        assertThat(kept.get(ANNOUNCE).text()).isEqualTo(TOO_MANY_REQUESTS);
      }
      assertThat(server.count(TrackerCounter.LIMITED_REQUESTS)).isEqualTo(4);
      assertThat(server.count(TrackerCounter.ANNOUNCES_REFUSED)).isEqualTo(3);
      assertThat(server.count(TrackerCounter.SCRAPES_REFUSED)).isEqualTo(1);
      assertThat(server.count(TrackerCounter.ANNOUNCES)).isEqualTo(4);
    }
  }

  @Test
  void pipelinedRequestsAreCountedOneByOne() throws IOException {
    try (TestServer server = limited(2, 0, 0).start();
        RawClient client = server.connectFrom(ALICE)) {
      client.send(("GET " + ANNOUNCE + " HTTP/1.1\r\n\r\n").repeat(4));
      assertThat(client.read().text()).contains("8:interval");
      assertThat(client.read().text()).contains("8:interval");
      assertThat(client.read().text()).isEqualTo(TOO_MANY_REQUESTS);
      assertThat(client.read().text()).isEqualTo(TOO_MANY_REQUESTS);
    }
  }

  @Test
  void behindATrustedProxyItIsTheClientThatIsLimited() throws IOException {
    try (TestServer server =
            limited(1, 0, 0)
                .listen("127.0.0.1", TrustedProxies.parse(List.of(ALICE)), "X-Forwarded-For")
                .start();
        RawClient proxy = server.connectFrom(ALICE)) {
      for (String client : List.of("8.8.8.8", "9.9.9.9", "2001:db8:0:1::1", "2001:db8:0:2::1")) {
        String said = "X-Forwarded-For: " + client;
        assertThat(proxy.get(ANNOUNCE, said).text()).as(client).contains("8:interval");
        assertThat(proxy.get(ANNOUNCE, said).text()).isEqualTo(TOO_MANY_REQUESTS);
      }
      assertThat(proxy.get(ANNOUNCE, "X-Forwarded-For: 2001:db8:0:1:ffff::2").text())
          .as("of the network of one before")
          .isEqualTo(TOO_MANY_REQUESTS);
      assertThat(proxy.get(ANNOUNCE, "X-Forwarded-For: ::ffff:8.8.8.8").text())
          .isEqualTo(TOO_MANY_REQUESTS);
    }
  }

  @Test
  void anAddressThatBringsTooManyTorrentsIsToldWhenToComeBack() throws IOException {
    try (TestServer server = limited(0, 2, 0).start()) {
      for (int torrent = 1; torrent <= 2; torrent++) {
        assertThat(server.get(ALICE, Announce.of(hash(torrent)).toString()).text())
            .contains("8:interval");
      }
      String third = Announce.of(hash(3)).toString();
      assertThat(server.get(ALICE, third).text())
          .isEqualTo("d14:failure reason39:too many new torrents from your address8:retry ini10ee");
      assertThat(server.get(BOB, third).text()).contains("8:interval");
      assertThat(server.get(ALICE, third).text()).contains("8:interval");
      assertThat(server.store.totals().swarms()).isEqualTo(3);
      assertThat(server.count(TrackerCounter.LIMITED_TORRENTS)).isEqualTo(1);
      server.skip(Duration.ofMinutes(30));
      assertThat(server.get(ALICE, Announce.of(hash(4)).toString()).text()).contains("8:interval");
    }
  }

  @Test
  void anAddressThatHasTooManyPeersInATorrentIsToldWhenToComeBack() throws IOException {
    try (TestServer server = limited(0, 0, 3).start()) {
      for (int port = 1; port <= 3; port++) {
        assertThat(server.get(ALICE, Announce.of(hash(1)).port(port).toString()).text())
            .contains("8:interval");
      }
      String fourth = Announce.of(hash(1)).port(4).toString();
      assertThat(server.get(ALICE, fourth).text())
          .isEqualTo(
              "d14:failure reason46:too many peers at your address in this torrent"
                  + "8:retry ini30ee");
      assertThat(server.get(BOB, fourth).text()).contains("8:interval");
      assertThat(server.store.totals().peers()).isEqualTo(4);
      assertThat(server.count(TrackerCounter.LIMITED_PORTS)).isEqualTo(1);
    }
  }

  @Test
  void anAddressHasSoManyConnectionsOpen() throws IOException {
    try (TestServer server =
            TestServer.on(transport)
                .options(TestOptions.defaults().connectionsPerAddress(2).build())
                .start();
        RawClient first = server.connectFrom(ALICE)) {
      assertThat(first.get(ANNOUNCE).status()).isEqualTo(200);
      try (RawClient second = server.connectFrom(ALICE)) {
        assertThat(second.get(ANNOUNCE).status()).isEqualTo(200);
        try (RawClient third = server.connectFrom(ALICE)) {
          assertThat(third.closedByServer()).isTrue();
        }
        assertThat(server.count(TrackerCounter.LIMITED_CONNECTIONS)).isEqualTo(1);
        assertThat(server.count(TrackerCounter.HTTP_CONNECTIONS_REFUSED)).isZero();
        assertThat(server.get(BOB, "/page").status()).isEqualTo(200);
      }
      TestServer.await("the connection to be closed", () -> server.server.connections() == 1);
      try (RawClient third = server.connectFrom(ALICE)) {
        assertThat(third.get("/page").status()).isEqualTo(200);
        assertThat(first.get(ANNOUNCE).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aTrustedProxyHasAsManyConnectionsAsItLikes() throws IOException {
    try (TestServer server =
            TestServer.on(transport)
                .options(TestOptions.defaults().connectionsPerAddress(1).build())
                .listen("127.0.0.1", TrustedProxies.parse(List.of(ALICE)), "X-Forwarded-For")
                .start();
        RawClient first = server.connectFrom(ALICE);
        RawClient second = server.connectFrom(ALICE);
        RawClient third = server.connectFrom(ALICE)) {
      for (RawClient proxy : List.of(first, second, third, first)) {
        assertThat(proxy.get(ANNOUNCE, "X-Forwarded-For: 9.9.9.9").status()).isEqualTo(200);
      }
      assertThat(server.count(TrackerCounter.LIMITED_CONNECTIONS)).isZero();
    }
  }

  @Test
  void aConnectionCarriesSoManyRequestsAndSaysWhichIsTheLast() throws IOException {
    try (TestServer server =
            TestServer.on(transport)
                .options(TestOptions.defaults().requestsPerConnection(3).build())
                .start();
        RawClient client = server.connectFrom(ALICE)) {
      assertThat(client.get(ANNOUNCE).headers().get("connection")).isNull();
      assertThat(client.get("/page").headers().get("connection")).isNull();
      String rest = client.send(("GET " + ANNOUNCE + " HTTP/1.1\r\n\r\n").repeat(2)).readAll();
      assertThat(rest).containsOnlyOnce("HTTP/1.1 200 ").contains("Connection: close");
      assertThat(server.count(TrackerCounter.LIMITED_CONNECTION_REQUESTS)).isEqualTo(1);
      assertThat(server.count(TrackerCounter.ANNOUNCES)).isEqualTo(2);
    }
  }

  @Test
  void aPublicTrackerRefusesAddressesThatAreNotGlobal() throws IOException {
    String refusal =
        "d14:failure reason78:this tracker is public and lists no private or local addresses,"
            + " which yours is8:retry in5:nevere";
    try (TestServer server =
        TestServer.on(transport)
            .globalOnly()
            .listen("127.0.0.1", TrustedProxies.parse(List.of(ALICE)), "X-Forwarded-For")
            .listen("::1")
            .start()) {
      assertThat(server.get(BOB, ANNOUNCE).text()).isEqualTo(refusal);
      assertThat(server.get("::1", ANNOUNCE).text()).isEqualTo(refusal);
      try (RawClient proxy = server.connectFrom(ALICE)) {
        for (String client :
            List.of("10.0.0.1", "::ffff:192.168.0.1", "fd00::1", "100.64.0.1", "2002:a00:1::")) {
          assertThat(proxy.get(ANNOUNCE, "X-Forwarded-For: " + client).text())
              .as(client)
              .isEqualTo(refusal);
        }
        for (String client : List.of("8.8.8.8", "::ffff:9.9.9.9", "2a00::1")) {
          assertThat(proxy.get(ANNOUNCE, "X-Forwarded-For: " + client).text())
              .as(client)
              .contains("8:interval");
        }
      }
      assertThat(server.get(BOB, SCRAPE).text()).contains("10:incompletei3e");
      assertThat(server.count(TrackerCounter.NOT_GLOBAL)).isEqualTo(7);
    }
  }
}
