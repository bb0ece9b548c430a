package io.trakx.netty.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.stats.TrackerCounter;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has not shown that an address is its own cannot have us send more there than it sent. */
class ForgedSourceTest {
  private static final InetSocketAddress VICTIM = new InetSocketAddress("192.0.2.1", 4000);
  private static final InetSocketAddress FORGER = new InetSocketAddress("198.51.100.1", 4000);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsMultiplied(boolean answerWrongIds) {
    try (UdpWorkerFixture fixture = new UdpWorkerFixture(answerWrongIds)) {
      long idOfForger = fixture.idFor(FORGER);
      Random random = new Random(1);
      for (int round = 0; round < 50; round++) {
        for (int length = 0; length < 160; length++) {
          byte[] request = new byte[length];
          random.nextBytes(request);
          if (length >= 16) {
            long[] firsts = {ConnectMessage.MAGIC, idOfForger, random.nextLong()};
            ByteBuffer.wrap(request)
                .putLong(firsts[random.nextInt(3)])
                .putInt(random.nextInt(-1, 6));
          }
          List<byte[]> answers = fixture.ask(VICTIM, request);
          assertThat(answers.stream().mapToInt(answer -> answer.length).sum())
              .isLessThanOrEqualTo(length);
        }
      }
      assertThat(fixture.count(TrackerCounter.ANNOUNCES)).isZero();
      assertThat(fixture.count(TrackerCounter.SCRAPES)).isZero();
    }
  }

  @Test
  void aWrongIdIsToldOnlyIfWantedAndShorterThanAnyRequest() {
    byte[] announce = new UdpAnnounce(1).bytes();
    byte[] scrape = UdpAnnounce.scrape(1, UdpAnnounce.hash(1));
    try (UdpWorkerFixture silent = new UdpWorkerFixture(false);
        UdpWorkerFixture telling = new UdpWorkerFixture(true)) {
      for (byte[] request : List.of(announce, scrape)) {
        assertThat(silent.ask(VICTIM, request)).isEmpty();
        byte[] answer = telling.ask(VICTIM, request).getFirst();
        assertThat(UdpClient.errorText(answer, UdpAnnounce.TRANSACTION))
            .isEqualTo("wrong connection id");
        assertThat(answer).hasSizeLessThan(ScrapeMessage.MIN_REQUEST_BYTES);
        assertThat(telling.ask(VICTIM, Arrays.copyOf(request, 35))).isEmpty();
      }
      assertThat(silent.count(TrackerCounter.UDP_WRONG_ID)).isEqualTo(2);
      assertThat(telling.count(TrackerCounter.UDP_WRONG_ID)).isEqualTo(4);
    }
  }

  @Test
  void twoTrackersDoNotTalkToEachOtherForever() {
    try (UdpWorkerFixture one = new UdpWorkerFixture(true);
        UdpWorkerFixture other = new UdpWorkerFixture(true)) {
      for (byte[] request :
          List.of(UdpClient.connectRequest(1), new UdpAnnounce(1).bytes(), new byte[16])) {
        for (byte[] answer : one.ask(VICTIM, request)) {
          assertThat(other.ask(FORGER, answer)).isEmpty();
        }
      }
    }
  }

  @Test
  void whatCannotBeAnsweredIsDropped() {
    try (UdpWorkerFixture fixture = new UdpWorkerFixture(true)) {
      InetSocketAddress portZero = new InetSocketAddress("192.0.2.1", 0);
      assertThat(fixture.ask(portZero, UdpClient.connectRequest(1))).isEmpty();
    }
  }

  @Test
  void mappedSendersAreIpv4() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    System.arraycopy(VICTIM.getAddress().getAddress(), 0, mapped, 12, 4);
    InetSocketAddress sender =
        new InetSocketAddress(Inet6Address.getByAddress(null, mapped, 0), 4000);
    try (UdpWorkerFixture fixture = new UdpWorkerFixture(false)) {
      long id = fixture.idFor(VICTIM);
      assertThat(fixture.idFor(sender)).isEqualTo(id);
      fixture.ask(sender, new UdpAnnounce(id).bytes());
      byte[] answer = fixture.ask(sender, new UdpAnnounce(id).port(9).bytes()).getFirst();
      assertThat(UdpAnnounce.answer(answer, 6).peers()).containsExactly("c00002011ae1");
    }
  }
}
