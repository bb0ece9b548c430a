package io.trakx.netty.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Tells the log when the system's clock is set. Whoever reads the log, the history or the database
 * needs to know; peers, time-outs and intervals go by a clock that is never set. For one thread at
 * a time.
 */
final class ClockWatch {
  /** From one look to the next. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  /** What a clock may be off by without a word: leap seconds and corrections of NTP are less. */
  private static final long TOLERANCE_SECONDS = 5;

  private static final Logger LOG = LogManager.getLogger(ClockWatch.class);

  private final InstantSource clock;
  private final LongSupplier nanoClock;
  private long lastOffsetMillis;

  ClockWatch(InstantSource clock, LongSupplier nanoClock) {
    this.clock = clock;
    this.nanoClock = nanoClock;
    lastOffsetMillis = offsetMillis();
  }

  private long offsetMillis() {
    return clock.millis() - TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong());
  }

  /** Says by how much the clock was set since the last look, if it was. */
  void look() {
    long offsetMillis = offsetMillis();
    long seconds = Math.round((offsetMillis - lastOffsetMillis) / 1e3);
    if (Math.abs(seconds) >= TOLERANCE_SECONDS) {
      LOG.warn(
          "the system's clock was set {} by {} s; times in log, history and database go by it,"
              + " peers and time-outs do not",
          seconds < 0 ? "back" : "forward",
          Math.abs(seconds));
      lastOffsetMillis = offsetMillis;
    }
  }
}
