package io.trakx.netty.metrics;

import io.netty.channel.EventLoop;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.trakx.core.stats.DurationHistogram;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How late event loops come to what is due: what a request waits at least before it is looked at.
 *
 * <p>Each loop is given something to do at fixed times. A loop that was held up does all that it
 * missed, so that a long delay counts once for each time that somebody would have waited. Goes on
 * as long as the loops do. Thread-safe.
 */
public final class LoopLag implements MultiCollector {
  /** Often enough to see what is short, seldom enough to cost nothing: four wake-ups a second. */
  static final Duration PERIOD = Duration.ofMillis(250);

  private static final Family<List<DurationHistogram>> FAMILY =
      Family.histogram(
          "trakx_event_loop_lag_seconds",
          "How late the event loops of the public ports come to what is due.",
          List.of(Sample.timed(DurationHistogram::sum)));

  private final LongSupplier nanoClock;
  private final List<DurationHistogram> lags = new CopyOnWriteArrayList<>();

  /**
   * @param nanoClock the time, such as {@link System#nanoTime}
   */
  public LoopLag(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Begins to measure these. */
  public void watch(List<EventLoop> loops) {
    for (EventLoop loop : loops) {
      long period = PERIOD.toNanos();
      var _ = loop.scheduleAtFixedRate(newProbe(), period, period, TimeUnit.NANOSECONDS);
    }
  }

  /** What one loop is to do every {@link #PERIOD} from now on. */
  Runnable newProbe() {
    DurationHistogram lag = new DurationHistogram();
    lags.add(lag);
    return new Probe(nanoClock, lag);
  }

  private static final class Probe implements Runnable {
    private final LongSupplier nanoClock;
    private final DurationHistogram lag;
    private long dueNanos;

    Probe(LongSupplier nanoClock, DurationHistogram lag) {
      this.nanoClock = nanoClock;
      this.lag = lag;
      this.dueNanos = nanoClock.getAsLong() + PERIOD.toNanos();
    }

    @Override
    public void run() {
      lag.record(nanoClock.getAsLong() - dueNanos);
      dueNanos += PERIOD.toNanos();
    }
  }

  @Override
  public MetricSnapshots collect() {
    return MetricSnapshots.of(FAMILY.read(lags));
  }
}
