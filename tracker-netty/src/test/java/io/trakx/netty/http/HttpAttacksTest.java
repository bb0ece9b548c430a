package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.testing.LogLines;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What attackers try over HTTP, beside slowness ({@link HttpTimeoutsTest}). */
@ExtendWith(LeakGuard.class)
class HttpAttacksTest {
  private final TestServer server =
      TestServer.on(TransportType.AUTO).limits(new StoreLimits(100, 50, 40)).start();

  HttpAttacksTest() throws IOException {}

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void randomInfoHashesFillTheStoreToItsLimitAndAreAnsweredAllTheSame() throws IOException {
    try (RawClient client = server.connect()) {
      for (int tail = 0; tail < 500; tail++) {
        RawResponse answer = client.get(Announce.of(hash(tail)).toString());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.has("warning message")).isEqualTo(tail >= 50);
      }
    }
    assertThat(server.store.totals().peers()).isEqualTo(50);
    assertThat(server.count(TrackerCounter.PEERS_NOT_LISTED)).isEqualTo(450);
  }

  @Test
  void variedPeerIdsFromOneAddressAreOnePeer() throws IOException {
    try (RawClient client = server.connect()) {
      for (int i = 0; i < 50; i++) {
        client.get(
            Announce.bare(
                "info_hash=" + hash(1) + "&peer_id=-XX0000-" + (100_000_000_000L + i) + "&port=1"));
      }
    }
    assertThat(server.store.totals().peers()).isEqualTo(1);
  }

  @Test
  void aForgedAddressInParameterOrHeaderIsNotBelieved() throws IOException {
    try (RawClient client = server.connect()) {
      RawResponse answer =
          client.get(
              Announce.of(hash(1)).with("ip", "1.2.3.4").toString(),
              "X-Forwarded-For: 1.2.3.4",
              "X-Real-IP: 1.2.3.4",
              "Forwarded: for=1.2.3.4");
      assertThat(answer.string("external ip")).isEqualTo("\177\0\0\1");
    }
  }

  @Test
  void aHugeScrapeIsAnsweredUpToTheLimitOnly() throws IOException {
    StringBuilder scrape = new StringBuilder("/scrape?");
    for (int tail = 0; tail < 100; tail++) {
      scrape.append("info_hash=").append(hash(tail)).append('&');
    }
    RawResponse answer = server.get("127.0.0.1", scrape.toString());
    assertThat(answer.dictionary()).extractingByKey("files", MAP).hasSize(74);
    assertThat(server.count(TrackerCounter.SCRAPES)).isEqualTo(1);
  }

  @Test
  void controlCharactersReachNeitherAnswerNorLog() throws IOException {
    String evil = "%0d%0aSet-Cookie:%20x=y%0d%0a%1b[31m%00";
    try (RawClient client = server.connect();
        LogLines log = new LogLines()) {
      for (String target :
          List.of(
              "/announce?info_hash=" + evil,
              Announce.of(hash(1)).with("port", evil).toString(),
              Announce.of(hash(1)).with("event", evil).with("key", evil).toString(),
              "/announce/" + evil + "?info_hash=" + evil,
              "/scrape?info_hash=" + evil)) {
        RawResponse answer = client.get(target, "User-Agent: \u0080\u00ff");
        assertThat(answer.head()).doesNotContain("Set-Cookie");
        assertThat(answer.text()).doesNotContain("Set-Cookie").doesNotContain("\u001b");
      }
      client.send("GET /\u001b[31mSet-Cookie HTTP/1.1\r\n\r\n").readAll();
      // Not a word is logged on behalf of a client, whatever the level.
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void aFloodOfConnectionsFromOneAddressLeavesRoomAfterwards() throws IOException {
    List<RawClient> flood = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      RawClient client = server.connect();
      client.send("GET /announce?");
      flood.add(client);
    }
    assertThat(server.get("127.0.0.9", Announce.of(hash(1)).toString()).status()).isEqualTo(200);
    for (RawClient client : flood) {
      client.socket().close();
    }
    TestServer.await("closed", () -> server.server.connections() == 0);
  }

  @Test
  void randomBytesHarmNobody() throws IOException {
    Random random = new Random(3);
    String valid = "GET " + Announce.of(hash(1)) + " HTTP/1.1\r\nHost: t\r\n\r\n";
    for (int round = 0; round < 300; round++) {
      StringBuilder bytes = new StringBuilder(valid.repeat(1 + random.nextInt(3)));
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes.setCharAt(random.nextInt(bytes.length()), (char) random.nextInt(256));
      }
      try (RawClient client = server.connect()) {
        client.send(bytes.toString());
        client.socket().shutdownOutput();
        assertThat(client.readAll()).matches("(?s)(HTTP/1\\.1 (200|400|405) .*)?");
      }
    }
    assertThat(server.get("127.0.0.1", Announce.of(hash(1)).toString()).status()).isEqualTo(200);
    assertThat(server.store.totals().peers()).isLessThanOrEqualTo(100);
  }
}
