package io.trakx.netty.udp;

import static io.trakx.netty.udp.UdpAnnounce.TRANSACTION;
import static io.trakx.netty.udp.UdpAnnounce.answer;
import static io.trakx.netty.udp.UdpAnnounce.hash;
import static io.trakx.netty.udp.UdpAnnounce.scrape;
import static io.trakx.netty.udp.UdpClient.errorText;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What attackers try over UDP, over real sockets. Who forges a sender's address has its requests
 * come from there, and has no id of that address: here, both have a loopback address.
 */
@ParameterizedClass
@MethodSource("io.trakx.netty.udp.TestUdpServer#transports")
@ExtendWith(LeakGuard.class)
class UdpAttacksTest {
  private static final String FORGER = "127.0.0.2";
  private static final String VICTIM = "127.0.0.3";
  private static final int LAST = 0x7fff_ffff;
  private static final Duration SLOT = Duration.ofSeconds(ConnectionIds.SLOT_SECONDS);

  private final TransportType transport;
  private final TestUdpServer server;

  UdpAttacksTest(TransportType transport) throws IOException {
    this.transport = transport;
    server = TestUdpServer.on(transport).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** How many bytes come for {@code request}, before those for another behind it. */
  private static int bytesFor(UdpClient client, byte[] request) throws IOException {
    client.send(request);
    client.send(UdpClient.connectRequest(LAST));
    int bytes = 0;
    while (true) {
      byte[] answer = client.receive();
      if (ByteBuffer.wrap(answer).getInt(4) == LAST) {
        return bytes;
      }
      bytes += answer.length;
    }
  }

  private static long idOf(TestUdpServer tracker, String address) throws IOException {
    try (UdpClient client = tracker.client(address)) {
      return client.connect();
    }
  }

  private static byte[] hugeScrape(long id) {
    byte[][] hashes = new byte[74][];
    Arrays.setAll(hashes, i -> hash(i));
    return scrape(id, hashes);
  }

  @Test
  void aForgedSourceGetsNoMoreThanWasSentInItsName() throws IOException {
    try (TestUdpServer telling = TestUdpServer.on(transport).answerWrongIds().start()) {
      for (TestUdpServer tracker : List.of(server, telling)) {
        long id = idOf(tracker, FORGER);
        try (UdpClient victim = tracker.client(VICTIM)) {
          for (byte[] request :
              List.of(
                  UdpClient.connectRequest(1),
                  new UdpAnnounce(id).numwant(1000).bytes(),
                  hugeScrape(id),
                  new UdpAnnounce(0).bytes(),
                  new UdpAnnounce(-1).port(0).bytes(),
                  ByteBuffer.wrap(new UdpAnnounce(id).bytes()).putInt(8, 9).array())) {
            assertThat(bytesFor(victim, request)).isLessThanOrEqualTo(request.length);
          }
        }
        assertThat(tracker.count(TrackerCounter.ANNOUNCES)).isZero();
        assertThat(tracker.count(TrackerCounter.SCRAPES)).isZero();
      }
    }
  }

  @Test
  void aForgedSourceIsInNoSwarm() throws IOException {
    long id = idOf(server, FORGER);
    try (UdpClient victim = server.client(VICTIM);
        UdpClient other = server.client("127.0.0.4")) {
      victim.assertSilenceFor(new UdpAnnounce(id).bytes());
      byte[] told = other.ask(new UdpAnnounce(other.connect()).bytes());
      assertThat(answer(told, 6)).matches(a -> a.leechers() == 1 && a.peers().isEmpty());
    }
  }

  @Test
  void aWrongIdIsToldWhereThatIsWanted() throws IOException {
    try (TestUdpServer telling = TestUdpServer.on(transport).answerWrongIds().start();
        UdpClient client = telling.client("127.0.0.1")) {
      long wrong = client.connect() ^ 1;
      for (byte[] request : List.of(new UdpAnnounce(wrong).bytes(), scrape(wrong, hash(1)))) {
        assertThat(errorText(client.ask(request), TRANSACTION)).isEqualTo("wrong connection id");
      }
      client.assertSilenceFor(Arrays.copyOf(scrape(wrong, hash(1)), 35));
      assertThat(telling.count(TrackerCounter.UDP_WRONG_ID)).isEqualTo(3);
      assertThat(client.ask(new UdpAnnounce(client.connect()).bytes())).hasSize(20);
    }
  }

  @Test
  void idsOfTheFutureAreRefused() throws IOException {
    try (UdpClient client = server.client("127.0.0.1")) {
      server.skip(SLOT.multipliedBy(3));
      long id = client.connect();
      server.skip(SLOT.negated());
      client.assertSilenceFor(new UdpAnnounce(id).bytes());
      server.skip(SLOT);
      assertThat(client.ask(new UdpAnnounce(id).bytes())).hasSize(20);
    }
  }

  @Test
  void idsOfAnotherTrackerAreRefused() throws IOException {
    try (TestUdpServer other = TestUdpServer.on(transport).start();
        UdpClient client = server.client("127.0.0.1")) {
      client.assertSilenceFor(new UdpAnnounce(idOf(other, "127.0.0.1")).bytes());
    }
    assertThat(server.count(TrackerCounter.UDP_WRONG_ID)).isEqualTo(1);
  }

  /** Info-hashes that one bucket would get, were they hashed as Java hashes arrays and strings. */
  @Test
  void infoHashesChosenToCollideAreKeptApart() throws IOException {
    Set<Integer> hashCodes = new HashSet<>();
    try (UdpClient client = server.client("127.0.0.1")) {
      long id = client.connect();
      for (int i = 0; i < 1024; i++) {
        hashCodes.add(Arrays.hashCode(colliding(i)));
        client.ask(new UdpAnnounce(id).infoHash(colliding(i)).left(i % 2).bytes());
      }
      for (int i = 0; i < 1024; i++) {
        ByteBuffer figures = ByteBuffer.wrap(client.ask(scrape(id, colliding(i))));
        assertThat(figures.getInt(8)).as("seeders").isEqualTo(1 - i % 2);
        assertThat(figures.getInt(16)).as("leechers").isEqualTo(i % 2);
      }
    }
    assertThat(hashCodes).hasSize(1);
  }

  /** Ten times {@code Aa} or {@code BB}, which are alike to a polynomial in 31. */
  private static byte[] colliding(int choices) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 10; bit++) {
      text.append((choices >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString().getBytes(US_ASCII);
  }
}
