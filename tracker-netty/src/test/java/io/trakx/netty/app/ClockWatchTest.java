package io.trakx.netty.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.testing.LogLines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
  private final AtomicLong wallMillis = new AtomicLong(1_800_000_000_000L);
  private final AtomicLong nanos = new AtomicLong(-5);
  private final ClockWatch watch =
      new ClockWatch(() -> Instant.ofEpochMilli(wallMillis.get()), nanos::get);

  /** What is logged at a look after a time that the system's clock shows differently. */
  private List<String> look(Duration passed, Duration shown) {
    nanos.addAndGet(passed.toNanos());
    wallMillis.addAndGet(shown.toMillis());
    try (LogLines log = new LogLines()) {
      watch.look();
      return log.lines();
    }
  }

  @Test
  void saysOnceThatTheClockWasSetAndWhichWay() {
    Duration turn = Duration.ofSeconds(10);
    assertThat(look(turn, turn)).isEmpty();
    assertThat(look(turn, turn.minusHours(1)))
        .singleElement()
        .asString()
        .startsWith("WARN the system's clock was set back by 3600 s");
    assertThat(look(turn, turn)).isEmpty();
    assertThat(look(turn, turn.plusHours(1)))
        .singleElement()
        .asString()
        .startsWith("WARN the system's clock was set forward by 3600 s");
  }

  @Test
  void smallCorrectionsAreNoNewsUnlessTheyAddUp() {
    Duration turn = Duration.ofSeconds(10);
    for (int i = 0; i < 4; i++) {
      assertThat(look(turn, turn.plusSeconds(1))).isEmpty();
    }
    assertThat(look(turn, turn.plusSeconds(1))).hasSize(1);
  }
}
