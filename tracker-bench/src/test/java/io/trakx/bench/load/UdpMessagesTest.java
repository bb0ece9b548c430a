package io.trakx.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class UdpMessagesTest {
  private static ByteBuffer answer(int... words) {
    ByteBuffer buffer = ByteBuffer.allocate(200);
    for (int word : words) {
      buffer.putInt(word);
    }
    return buffer;
  }

  private static Verdict judge(ByteBuffer answer, int length, RequestKind kind) {
    return UdpMessages.judge(answer, length, kind, 2, 6);
  }

  @Test
  void acceptsARightAnnounceAnswer() {
    assertThat(judge(answer(1, 7, 1800, 2, 1, 0, 0, 0), 32, RequestKind.ANNOUNCE))
        .isEqualTo(Verdict.OK);
    assertThat(UdpMessages.peers(32, 6)).isEqualTo(2);
    assertThat(UdpMessages.transaction(answer(1, 7), 8)).isEqualTo(7);
  }

  @Test
  void catchesWrongAnnounceAnswers() {
    assertThat(judge(answer(3, 7, 0x6e6f7065), 12, RequestKind.ANNOUNCE))
        .isEqualTo(Verdict.FAILURE);
    assertThat(judge(answer(0, 7, 1800, 2, 1), 20, RequestKind.ANNOUNCE))
        .isEqualTo(Verdict.BAD_FRAME);
    assertThat(judge(answer(1, 7, 1800, 2), 16, RequestKind.ANNOUNCE)).isEqualTo(Verdict.BAD_FRAME);
    assertThat(judge(answer(1, 7, 0, 2, 1), 20, RequestKind.ANNOUNCE))
        .isEqualTo(Verdict.NO_INTERVAL);
    assertThat(judge(answer(1, 7, 1800, 2, 1, 0), 24, RequestKind.ANNOUNCE))
        .isEqualTo(Verdict.BAD_PEERS);
    assertThat(judge(answer(1, 7, 1800, 2, 1), 38, RequestKind.ANNOUNCE))
        .isEqualTo(Verdict.TOO_MANY_PEERS);
    assertThat(judge(answer(1, 7, 1800, 0, 0), 20, RequestKind.ANNOUNCE))
        .isEqualTo(Verdict.EMPTY_SWARM);
    assertThat(judge(answer(1, 7, 1800, 0, 0), 20, RequestKind.STOPPED)).isEqualTo(Verdict.OK);
  }

  @Test
  void judgesConnectAndScrapeByActionAndLength() {
    assertThat(UdpMessages.judgeConnect(answer(0, 7, 1, 2), 16)).isEqualTo(Verdict.OK);
    assertThat(UdpMessages.connectionId(answer(0, 7, 1, 2))).isEqualTo(0x1_0000_0002L);
    assertThat(UdpMessages.judgeConnect(answer(1, 7, 1, 2), 16)).isEqualTo(Verdict.BAD_FRAME);
    assertThat(UdpMessages.judgeConnect(answer(0, 7, 1), 12)).isEqualTo(Verdict.BAD_FRAME);
    assertThat(judge(answer(2, 7, 1, 2, 3), 20, RequestKind.SCRAPE)).isEqualTo(Verdict.OK);
    assertThat(judge(answer(2, 7, 1, 2), 16, RequestKind.SCRAPE)).isEqualTo(Verdict.BAD_FRAME);
  }

  @Test
  void anAnnounceIsLaidOutAsTheProtocolSays() {
    ByteBuffer request = ByteBuffer.allocate(200);
    Population population = new Population(10, 10, 10);
    long leecher = population.seeds(5) ? 6 : 5;
    UdpMessages.putRequest(request, 42, 7, population, leecher, RequestKind.STARTED, 50);

    assertThat(request.position()).isEqualTo(UdpMessages.ANNOUNCE_BYTES);
    assertThat(request.getLong(0)).isEqualTo(42);
    assertThat(request.getInt(8)).isEqualTo(1);
    assertThat(request.getInt(12)).isEqualTo(7);
    assertThat(request.getInt(80)).isEqualTo(2);
    assertThat(request.getInt(92)).isEqualTo(50);
    assertThat(request.getShort(96) & 0xffff).isEqualTo(population.port(leecher));
  }
}
