package io.trakx.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a task rests for how much work. */
class DutyCycleTest {
  private final List<Long> pauses = new ArrayList<>();
  private long nanos = 1_000;

  private final DutyCycle cycle = new DutyCycle(0.2, () -> nanos, this::pause);

  private void pause(long pauseNanos) {
    pauses.add(pauseNanos);
    nanos += pauseNanos;
  }

  private void work(long workNanos) {
    nanos += workNanos;
    cycle.run();
  }

  @Test
  void aFifthOfTheTimeIsFourTimesAsMuchRestAsWork() {
    work(100_000);
    work(200_000);
    assertThat(pauses).containsExactly(400_000L, 800_000L);
  }

  @Test
  void shortPartsAddUpToARest() {
    for (int i = 0; i < 4; i++) {
      work(DutyCycle.LEAST_WORK_NANOS / 4);
    }
    assertThat(pauses).containsExactly(4 * DutyCycle.LEAST_WORK_NANOS);
  }

  @Test
  void timeWithoutTheProcessorIsNoWork() {
    work(3_000_000_000L);
    assertThat(pauses).containsExactly(4 * DutyCycle.MOST_WORK_NANOS);
  }
}
