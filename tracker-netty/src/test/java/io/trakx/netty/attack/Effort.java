package io.trakx.netty.attack;

import java.time.Duration;

/** How long attacks last: some seconds in a build, a share of what was asked for in a soak. */
final class Effort {
  private static final double MINUTES =
      Double.parseDouble(System.getProperty("trakx.attack.minutes", "0"));

  private Effort() {}

  /** Whether this is for the record. */
  static boolean isLong() {
    return MINUTES > 0;
  }

  /**
   * How long an attack lasts.
   *
   * @param seconds in a build
   * @param share of the minutes of a soak
   */
  static Duration of(int seconds, double share) {
    return isLong()
        ? Duration.ofMillis((long) Math.max(seconds * 1e3, MINUTES * 60_000 * share))
        : Duration.ofSeconds(seconds);
  }

  /**
   * How long a tracker serves ordinary clients before it counts as one that has run for a while.
   */
  static Duration warmup() {
    return isLong() ? Duration.ofMinutes(2) : Duration.ZERO;
  }

  /** How long ordinary clients are watched before and after an attack. */
  static Duration calm() {
    return Duration.ofSeconds(isLong() ? 30 : 2);
  }
}
