package io.trakx.netty.persistence;

import java.time.Duration;

/** How much time one sample stands for. */
public enum Resolution {
  MINUTE(Duration.ofMinutes(1)),
  HOUR(Duration.ofHours(1)),
  DAY(Duration.ofDays(1));

  private final Duration length;

  Resolution(Duration length) {
    this.length = length;
  }

  /** From one sample to the next. */
  public Duration length() {
    return length;
  }

  int seconds() {
    return Math.toIntExact(length.toSeconds());
  }

  /** The begin of the interval that {@code epochSecond} lies in; days are UTC's. */
  long begin(long epochSecond) {
    return Math.floorDiv(epochSecond, seconds()) * (long) seconds();
  }
}
