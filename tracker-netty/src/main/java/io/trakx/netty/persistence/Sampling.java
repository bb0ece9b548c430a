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
    long sinceMinute = Math.floorMod(clock.millis(), MINUTE_MILLIS);
    var _ =
        thread.scheduleAtFixedRate(
            this::sample, MINUTE_MILLIS - sinceMinute, MINUTE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void sample() {
    try {
      sampler.minuteEnded();
    } catch (RuntimeException e) {
      LOG.error("a sample could not be taken", e);
    }
  }

  /** Ends, with a last sample of what has been counted since the last minute. */
  @Override
  public void close() {
    thread.shutdownNow();
    sampler.processEnds();
  }
}
