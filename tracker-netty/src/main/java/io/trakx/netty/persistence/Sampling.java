package io.trakx.netty.persistence;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The thread that has a sample taken at the end of each minute. */
final class Sampling implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger(Sampling.class);
  private static final long MINUTE_MILLIS = Resolution.MINUTE.length().toMillis();

  private final Sampler sampler;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("trakx-sampler").daemon().factory());

  Sampling(Sampler sampler, Clock clock) {
    this.sampler = sampler;
    this.clock = clock;
  }

  void start() {
    schedule(millisToEnd(clock.millis()));
  }

  /**
   * One sample at a time, so that a process that was stopped takes one of all that it has missed,
   * and not one for each minute.
   */
  private void schedule(long delayMillis) {
    var _ = thread.schedule(this::sample, delayMillis, TimeUnit.MILLISECONDS);
  }

  /** Until the minute ends: above 0. */
  static long millisToEnd(long nowMillis) {
    return MINUTE_MILLIS - Math.floorMod(nowMillis, MINUTE_MILLIS);
  }

  /** Until a minute ends that is not the one of which there was a sample just now. */
  static long millisToNext(long nowMillis) {
    return MINUTE_MILLIS / 2 + millisToEnd(nowMillis + MINUTE_MILLIS / 2);
  }

  private void sample() {
    try {
      sampler.minuteEnded();
    } catch (RuntimeException e) {
      LOG.error("a sample could not be taken", e);
    }
    if (!thread.isShutdown()) {
      schedule(millisToNext(clock.millis()));
    }
  }

  /** Ends, with a last sample of what has been counted since the last minute. */
  @Override
  public void close() {
    thread.shutdownNow();
    sampler.processEnds();
  }
}
