package io.trakx.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.swarm.SwarmStore;
import org.junit.jupiter.api.Test;

class AnnouncePolicyTest {
  private static final AnnouncePolicy POLICY = new AnnouncePolicy(1800, 60, 900, 50, 200, 45);

  @Test
  void givesTheDefaultToWhoDoesNotSayHowMany() {
    assertThat(POLICY.peersFor(AnnounceRequest.NUMWANT_DEFAULT)).isEqualTo(50);
    assertThat(POLICY.peersFor(-2)).isEqualTo(50);
    assertThat(POLICY.peersFor(Integer.MIN_VALUE)).isEqualTo(50);
  }

  @Test
  void givesWhatIsWantedUpToTheMaximum() {
    assertThat(POLICY.peersFor(0)).isZero();
    assertThat(POLICY.peersFor(1)).isEqualTo(1);
    assertThat(POLICY.peersFor(200)).isEqualTo(200);
    assertThat(POLICY.peersFor(201)).isEqualTo(200);
    assertThat(POLICY.peersFor(Integer.MAX_VALUE)).isEqualTo(200);
  }

  @Test
  void takesExtremesThatMakeSense() {
    assertThat(new AnnouncePolicy(1, 0, 1, 0, 0, 1).peersFor(5)).isZero();
    assertThat(
            new AnnouncePolicy(
                    Integer.MAX_VALUE, 0, Integer.MAX_VALUE, 1, 1, SwarmStore.MAX_TIMEOUT_MINUTES)
                .peersFor(-1))
        .isEqualTo(1);
  }

  @Test
  void refusesWhatMakesNone() {
    refuses("intervalSeconds", 0, 0, 1, 50, 200, 45);
    refuses("jitterSeconds", 1800, -1, 900, 50, 200, 45);
    refuses("jitterSeconds", 1800, Integer.MAX_VALUE - 1799, 900, 50, 200, 45);
    refuses("minIntervalSeconds", 1800, 0, 0, 50, 200, 45);
    refuses("minIntervalSeconds", 1800, 0, 1801, 50, 200, 45);
    refuses("numwantDefault", 1800, 0, 900, -1, 200, 45);
    refuses("numwantDefault", 1800, 0, 900, 201, 200, 45);
    refuses("peerTimeoutMinutes", 1800, 0, 900, 50, 200, 0);
    refuses("peerTimeoutMinutes", 1800, 0, 900, 50, 200, SwarmStore.MAX_TIMEOUT_MINUTES + 1);
  }

  private static void refuses(
      String named, int interval, int jitter, int minInterval, int wanted, int most, int timeout) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnnouncePolicy(interval, jitter, minInterval, wanted, most, timeout))
        .withMessageContaining(named);
  }
}
