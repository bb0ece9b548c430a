package io.trakx.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MinuteClockTest {
  @Test
  void startsAtZero() {
    assertThat(MinuteClock.monotonic().minute()).isZero();
  }
}
