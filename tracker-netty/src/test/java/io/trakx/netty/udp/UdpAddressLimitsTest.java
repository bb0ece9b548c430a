package io.trakx.netty.udp;

import static io.trakx.netty.udp.UdpAnnounce.TRANSACTION;
import static io.trakx.netty.udp.UdpAnnounce.hash;
import static io.trakx.netty.udp.UdpAnnounce.scrape;
import static io.trakx.netty.udp.UdpClient.errorText;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.limit.AddressLimits;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a single address may ask over UDP. */
@ParameterizedClass
@MethodSource("io.trakx.netty.udp.TestUdpServer#transports")
@ExtendWith(LeakGuard.class)
class UdpAddressLimitsTest {
  private static final String ALICE = "127.0.0.7";
  private static final String BOB = "127.0.0.8";
  private static final int ANSWER_BYTES = 20;

  private final TransportType transport;

  UdpAddressLimitsTest(TransportType transport) {
    this.transport = transport;
  }

  private TestUdpServer limited(long requests, long torrents, long ports) throws IOException {
    return TestUdpServer.on(transport)
        .addressLimits(new AddressLimits(requests, torrents, ports))
        .start();
  }

  @Test
  void anAddressThatAsksTooOftenIsNotAnswered() throws IOException {
    try (TestUdpServer server = limited(4, 0, 0);
        UdpClient client = server.client(ALICE);
        UdpClient neighbour = server.client(ALICE);
        UdpClient other = server.client(BOB)) {
      long id = client.connect();
      assertThat(client.ask(new UdpAnnounce(id).bytes())).hasSizeGreaterThanOrEqualTo(ANSWER_BYTES);
      assertThat(client.ask(scrape(id, hash(1)))).hasSize(20);
      assertThat(neighbour.ask(scrape(id, hash(1)))).hasSize(20);
      assertThat(neighbour.ask(ByteBuffer.wrap(scrape(id, hash(1))).putInt(8, 9).array()))
          .as("an error is an answer, too")
          .hasSizeLessThan(98);
      client.assertSilenceFor(new UdpAnnounce(id).bytes());
      neighbour.assertSilenceFor(scrape(id, hash(1)));
      client.assertSilenceFor(new UdpAnnounce(id).port(0).bytes());
      assertThat(other.ask(new UdpAnnounce(other.connect()).bytes()))
          .hasSizeGreaterThanOrEqualTo(ANSWER_BYTES);
      server.skip(Duration.ofSeconds(15));
      assertThat(client.ask(new UdpAnnounce(id).bytes())).hasSizeGreaterThanOrEqualTo(ANSWER_BYTES);
      client.assertSilenceFor(new UdpAnnounce(id).bytes());
      assertThat(server.count(TrackerCounter.LIMITED_REQUESTS)).isEqualTo(4);
      assertThat(server.count(TrackerCounter.ANNOUNCES_REFUSED)).isZero();
    }
  }

  /** Else anybody could have anybody refused. */
  @Test
  void whatIsForgedIsNotCountedForWhomItNames() throws IOException {
    try (TestUdpServer server = limited(1, 0, 0);
        UdpClient forger = server.client(BOB);
        UdpClient victim = server.client(ALICE)) {
      long id = forger.connect();
      for (int i = 0; i < 5; i++) {
        victim.assertSilenceFor(new UdpAnnounce(id).bytes());
      }
      assertThat(victim.ask(new UdpAnnounce(victim.connect()).bytes())).hasSize(ANSWER_BYTES);
      assertThat(server.count(TrackerCounter.LIMITED_REQUESTS)).isZero();
    }
  }

  @Test
  void anAddressThatBringsTooManyTorrentsIsToldSo() throws IOException {
    try (TestUdpServer server = limited(0, 2, 0);
        UdpClient client = server.client(ALICE);
        UdpClient other = server.client(BOB)) {
      long id = client.connect();
      client.ask(new UdpAnnounce(id).infoHash(hash(1)).bytes());
      client.ask(new UdpAnnounce(id).infoHash(hash(2)).bytes());
      byte[] third = new UdpAnnounce(id).infoHash(hash(3)).bytes();
      byte[] answer = client.ask(third);
      assertThat(errorText(answer, TRANSACTION))
          .isEqualTo("too many new torrents from your address");
      assertThat(answer).hasSizeLessThanOrEqualTo(third.length);
      other.ask(new UdpAnnounce(other.connect()).infoHash(hash(3)).bytes());
      assertThat(client.ask(third)).hasSizeGreaterThanOrEqualTo(ANSWER_BYTES);
      assertThat(server.count(TrackerCounter.LIMITED_TORRENTS)).isEqualTo(1);
      assertThat(server.count(TrackerCounter.ANNOUNCES_REFUSED)).isEqualTo(1);
    }
  }

  @Test
  void anAddressThatHasTooManyPeersInATorrentIsToldSo() throws IOException {
    try (TestUdpServer server = limited(0, 0, 2);
        UdpClient client = server.client(ALICE)) {
      long id = client.connect();
      client.ask(new UdpAnnounce(id).port(1).bytes());
      client.ask(new UdpAnnounce(id).port(2).bytes());
      byte[] third = new UdpAnnounce(id).port(3).bytes();
      byte[] answer = client.ask(third);
      assertThat(errorText(answer, TRANSACTION))
          .isEqualTo("too many peers at your address in this torrent");
      assertThat(answer).hasSizeLessThanOrEqualTo(third.length);
      assertThat(server.count(TrackerCounter.LIMITED_PORTS)).isEqualTo(1);
      server.skip(Duration.ofMinutes(45));
      long later = client.connect();
      assertThat(client.ask(new UdpAnnounce(later).port(3).bytes()))
          .hasSizeGreaterThanOrEqualTo(ANSWER_BYTES);
    }
  }

  @Test
  void aPublicTrackerRefusesAddressesThatAreNotGlobal() throws IOException {
    try (TestUdpServer server = TestUdpServer.on(transport).globalOnly().start();
        UdpClient ipv4 = server.client(ALICE);
        UdpClient ipv6 = server.client("::1")) {
      for (UdpClient client : new UdpClient[] {ipv4, ipv6}) {
        byte[] request = new UdpAnnounce(client.connect()).bytes();
        byte[] answer = client.ask(request);
        assertThat(errorText(answer, TRANSACTION)).startsWith("this tracker is public");
        assertThat(answer).hasSizeLessThanOrEqualTo(request.length);
      }
      assertThat(server.count(TrackerCounter.NOT_GLOBAL)).isEqualTo(2);
    }
  }
}
