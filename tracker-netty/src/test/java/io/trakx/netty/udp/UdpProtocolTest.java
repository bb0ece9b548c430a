package io.trakx.netty.udp;

import static io.trakx.netty.udp.UdpAnnounce.TRANSACTION;
import static io.trakx.netty.udp.UdpAnnounce.answer;
import static io.trakx.netty.udp.UdpAnnounce.hash;
import static io.trakx.netty.udp.UdpAnnounce.hex;
import static io.trakx.netty.udp.UdpAnnounce.scrape;
import static io.trakx.netty.udp.UdpClient.errorText;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What BEP 15 and BEP 41 say, over real sockets. */
@ParameterizedClass
@MethodSource("io.trakx.netty.udp.TestUdpServer#transports")
@ExtendWith(LeakGuard.class)
class UdpProtocolTest {
  private static final int IPV4 = 6;
  private static final int IPV6 = 18;

  private final TestUdpServer server;
  private final UdpClient client;
  private final long id;

  UdpProtocolTest(TransportType transport) throws IOException {
    server = TestUdpServer.on(transport).start();
    client = server.client("127.0.0.1");
    id = client.connect();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private UdpAnnounce announce() {
    return new UdpAnnounce(id);
  }

  private UdpAnnounce.Answer ask(UdpAnnounce announce) throws IOException {
    return answer(client.ask(announce.bytes()), IPV4);
  }

  /** Has clients announce, each from an address of its own. */
  private void join(int count, String addressPrefix, int firstPort) throws IOException {
    for (int i = 0; i < count; i++) {
      try (UdpClient other = server.client(addressPrefix)) {
        other.ask(new UdpAnnounce(other.connect()).port(firstPort + i).numwant(0).bytes());
      }
    }
  }

  @Test
  void connectMayBeLongerThanSixteenBytes() throws IOException {
    byte[] answer = client.ask(Arrays.copyOf(UdpClient.connectRequest(-7), 40));
    assertThat(answer).hasSize(16);
    assertThat(ByteBuffer.wrap(answer).getInt(4)).isEqualTo(-7);
  }

  @Test
  void anythingElseOfSixteenBytesIsDroppedInSilence() throws IOException {
    ByteBuffer wrongMagic = ByteBuffer.wrap(UdpClient.connectRequest(5)).putLong(0, 0x41727101981L);
    client.assertSilenceFor(wrongMagic.array());
    for (int action = 1; action < 5; action++) {
      client.assertSilenceFor(
          ByteBuffer.wrap(UdpClient.connectRequest(5)).putInt(8, action).array());
      client.assertSilenceFor(ByteBuffer.allocate(16).putLong(id).putInt(action).putInt(5).array());
    }
    assertThat(server.count(TrackerCounter.UDP_MALFORMED)).isEqualTo(9);
    assertThat(server.count(TrackerCounter.UDP_CONNECTS)).isEqualTo(10);
  }

  @Test
  void whatIsTooShortForAHeaderIsDroppedInSilence() throws IOException {
    for (int length = 0; length < 16; length++) {
      client.assertSilenceFor(Arrays.copyOf(announce().bytes(), length));
    }
  }

  @Test
  void announceIsAnsweredWithTheSwarm() throws IOException {
    UdpAnnounce.Answer first = ask(announce().event(2));
    assertThat(first.interval())
        .isBetween(
            TestUdpServer.INTERVAL_SECONDS,
            TestUdpServer.INTERVAL_SECONDS + TestUdpServer.JITTER_SECONDS);
    assertThat(first).matches(a -> a.leechers() == 1 && a.seeders() == 0 && a.peers().isEmpty());
    try (UdpClient other = server.client("127.0.0.2")) {
      UdpAnnounce seeder = new UdpAnnounce(other.connect()).left(0).port(0x1234);
      assertThat(answer(other.ask(seeder.bytes()), IPV4))
          .matches(a -> a.leechers() == 1 && a.seeders() == 1)
          .matches(a -> a.peers().equals(List.of("7f0000011ae1")));
    }
    assertThat(ask(announce()).peers()).containsExactly("7f0000021234");
  }

  @Test
  void eventsDoWhatTheyDoOverHttp() throws IOException {
    assertThat(ask(announce().event(2)).leechers()).isEqualTo(1);
    assertThat(ask(announce().event(1)).seeders()).isEqualTo(1);
    assertThat(ask(announce().event(3)))
        .matches(a -> a.leechers() == 0 && a.seeders() == 0 && a.peers().isEmpty());
    assertThat(ask(announce().event(4).left(0)).leechers()).isEqualTo(1);
    assertThat(ask(announce().event(-1)).leechers()).isEqualTo(1);
    assertThat(ask(announce().event(77)).leechers()).isEqualTo(1);
    assertThat(server.count(TrackerCounter.DOWNLOADS_COMPLETED)).isEqualTo(1);
    assertThat(server.count(TrackerCounter.EVENTS_PAUSED)).isEqualTo(1);
  }

  @Test
  void hugeNumbersSaturate() throws IOException {
    assertThat(ask(announce().numbers(-1, -1, -1)).leechers()).isEqualTo(1);
    assertThat(ask(announce().numbers(Long.MIN_VALUE, 0, -5)).seeders()).isEqualTo(1);
  }

  @Test
  void theIpFieldIsIgnored() throws IOException {
    ask(announce().ip(0x0808_0808));
    try (UdpClient other = server.client("127.0.0.2")) {
      byte[] answer = other.ask(new UdpAnnounce(other.connect()).bytes());
      assertThat(answer(answer, IPV4).peers()).containsExactly("7f0000011ae1");
    }
  }

  @Test
  void numwantBoundsThePeersAndMinusOneIsTheDefault() throws IOException {
    join(60, "127.0.0.3", 1000);
    assertThat(ask(announce().numwant(-1)).peers()).hasSize(TestUdpServer.NUMWANT_DEFAULT);
    assertThat(ask(announce().numwant(Integer.MIN_VALUE)).peers())
        .hasSize(TestUdpServer.NUMWANT_DEFAULT);
    assertThat(ask(announce().numwant(0)).peers()).isEmpty();
    assertThat(ask(announce().numwant(7)).peers()).hasSize(7);
    assertThat(ask(announce().numwant(Integer.MAX_VALUE)).peers()).hasSize(60);
  }

  @Test
  void answersFitAPacketOfFifteenHundredBytes() throws IOException {
    join(250, "127.0.0.3", 1000);
    assertThat(client.ask(announce().numwant(10_000).bytes())).hasSize(20 + 242 * IPV4);
    join(90, "::1", 1000);
    try (UdpClient ipv6 = server.client("::1")) {
      byte[] answer = ipv6.ask(new UdpAnnounce(ipv6.connect()).numwant(10_000).bytes());
      assertThat(answer).hasSize(20 + 79 * IPV6);
    }
  }

  @Test
  void familiesAreNeverMixed() throws IOException {
    ask(announce());
    try (UdpClient ipv6 = server.client("::1");
        UdpClient other = server.client("::1")) {
      byte[] alone = ipv6.ask(new UdpAnnounce(ipv6.connect()).port(0x1111).bytes());
      assertThat(answer(alone, IPV6)).matches(a -> a.leechers() == 2 && a.peers().isEmpty());
      byte[] two = other.ask(new UdpAnnounce(other.connect()).port(0x2222).bytes());
      assertThat(answer(two, IPV6).peers()).containsExactly("000000000000000000000000000000011111");
    }
    assertThat(ask(announce()).peers()).isEmpty();
  }

  @Test
  void optionsAreReadOrTolerated() throws IOException {
    byte[] path = ("/announce?" + "x".repeat(245)).getBytes(US_ASCII);
    byte[] urlData = ByteBuffer.allocate(2 + 255).put((byte) 2).put((byte) 255).put(path).array();
    assertThat(ask(announce().options(urlData)).leechers()).isEqualTo(1);
    assertThat(ask(announce().options((byte) 1, (byte) 1, (byte) 0, (byte) 2)).leechers())
        .isEqualTo(1);
    assertThat(server.count(TrackerCounter.UDP_OPTIONS_BROKEN)).isZero();
    assertThat(ask(announce().options((byte) 2)).leechers()).isEqualTo(1);
    assertThat(ask(announce().options((byte) 2, (byte) 5, (byte) 'x')).leechers()).isEqualTo(1);
    assertThat(ask(announce().options(new byte[1200])).leechers()).isEqualTo(1);
    byte[] beyondTheBuffer = new byte[5000];
    Arrays.fill(beyondTheBuffer, (byte) 1);
    assertThat(ask(announce().options(beyondTheBuffer)).leechers()).isEqualTo(1);
    assertThat(server.count(TrackerCounter.UDP_OPTIONS_BROKEN)).isEqualTo(2);
  }

  @Test
  void scrapeAnswersInTheOrderOfTheRequest() throws IOException {
    ask(announce().infoHash(hash(1)).left(0));
    ask(announce().infoHash(hash(2)));
    ask(announce().infoHash(hash(2)).event(1));
    ask(announce().infoHash(hash(3)));
    byte[] answer = client.ask(scrape(id, hash(3), hash(7), hash(2), hash(1), hash(3)));
    ByteBuffer expected = ByteBuffer.allocate(8 + 5 * 12).putInt(2).putInt(TRANSACTION);
    for (int figure : new int[] {0, 0, 1, 0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 1}) {
      expected.putInt(figure);
    }
    assertThat(hex(answer)).isEqualTo(hex(expected.array()));
  }

  @Test
  void scrapeTakesSeventyFourTorrentsAndIgnoresMore() throws IOException {
    byte[][] hashes = new byte[74][];
    Arrays.setAll(hashes, i -> hash(i));
    assertThat(client.ask(scrape(id, hashes))).hasSize(8 + 74 * 12);
    byte[][] more = Arrays.copyOf(hashes, 100);
    Arrays.setAll(more, i -> hash(i));
    assertThat(client.ask(scrape(id, more))).hasSize(8 + 74 * 12);
    byte[] broken = Arrays.copyOf(scrape(id, hash(1), hash(2)), 55);
    assertThat(client.ask(broken)).hasSize(8 + 12);
  }

  @Test
  void malformedRequestsGetAnErrorIfTheIdIsRight() throws IOException {
    for (int length = 17; length < 98; length++) {
      byte[] cut = Arrays.copyOf(announce().bytes(), length);
      assertThat(errorText(client.ask(cut), TRANSACTION)).contains("98 bytes");
    }
    for (int length = 17; length < 36; length++) {
      byte[] cut = Arrays.copyOf(scrape(id, hash(1)), length);
      assertThat(errorText(client.ask(cut), TRANSACTION)).isEqualTo("scrape names no torrent");
    }
    assertThat(errorText(client.ask(announce().port(0).bytes()), TRANSACTION)).contains("port");
    byte[] unknown = ByteBuffer.wrap(announce().bytes()).putInt(8, 9).array();
    assertThat(errorText(client.ask(unknown), TRANSACTION)).contains("action");
  }

  @Test
  void malformedRequestsGetSilenceIfTheIdIsWrong() throws IOException {
    UdpAnnounce forged = new UdpAnnounce(id ^ 1);
    client.assertSilenceFor(forged.bytes());
    client.assertSilenceFor(forged.port(0).bytes());
    client.assertSilenceFor(Arrays.copyOf(forged.bytes(), 97));
    client.assertSilenceFor(scrape(id ^ 1, hash(1)));
    client.assertSilenceFor(ByteBuffer.wrap(forged.bytes()).putInt(8, 9).array());
    assertThat(server.count(TrackerCounter.UDP_WRONG_ID)).isEqualTo(5);
    assertThat(server.count(TrackerCounter.ANNOUNCES)).isZero();
    assertThat(server.count(TrackerCounter.UDP_ERRORS)).isZero();
  }

  @Test
  void anIdIsGoodForItsAddressWhateverThePort() throws IOException {
    try (UdpClient samePlace = server.client("127.0.0.1");
        UdpClient elsewhere = server.client("127.0.0.2");
        UdpClient ipv6 = server.client("::1")) {
      assertThat(samePlace.ask(announce().bytes())).hasSizeGreaterThanOrEqualTo(20);
      elsewhere.assertSilenceFor(announce().bytes());
      ipv6.assertSilenceFor(announce().bytes());
    }
  }

  @Test
  void anIdIsGoodForTwoMinutesAtLeastAndForItsAgeAtMost() throws IOException {
    server.skip(ConnectionIds.MIN_LIFETIME);
    assertThat(ask(announce()).leechers()).isEqualTo(1);
    server.skip(TestUdpServer.ID_AGE.minus(ConnectionIds.MIN_LIFETIME));
    client.assertSilenceFor(announce().bytes());
    assertThat(ask(new UdpAnnounce(client.connect())).leechers()).isEqualTo(1);
  }

  @Test
  void garbageIsSurvived() throws IOException {
    Random random = new Random(4);
    for (int i = 0; i < 500; i++) {
      byte[] garbage = new byte[random.nextInt(2000)];
      random.nextBytes(garbage);
      if (garbage.length >= 16 && i % 2 == 0) {
        ByteBuffer.wrap(garbage).putInt(8, random.nextInt(5));
      }
      client.send(garbage);
    }
    assertThat(ask(announce()).leechers()).isEqualTo(1);
  }
}
