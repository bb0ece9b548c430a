package io.trakx.netty.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.TransportType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LoopLagTest {
  private final AtomicLong nanos = new AtomicLong();

  private static ClassicHistogramBuckets buckets(LoopLag lag) {
    HistogramSnapshot histogram = (HistogramSnapshot) lag.collect().get(0);
    return histogram.getDataPoints().getFirst().getClassicBuckets();
  }

  private static long count(LoopLag lag) {
    return buckets(lag).stream().mapToLong(ClassicHistogramBucket::getCount).sum();
  }

  @Test
  void aLoopThatWasHeldUpCountsForEachTimeItMissed() {
    LoopLag lag = new LoopLag(nanos::get);
    Runnable probe = lag.newProbe();

    nanos.addAndGet(LoopLag.PERIOD.multipliedBy(3).toNanos());
    probe.run();
    probe.run();
    probe.run();

    assertThat(buckets(lag).stream().filter(bucket -> bucket.getCount() > 0))
        .extracting(ClassicHistogramBucket::getUpperBound)
        .containsExactly(0.000001, 0.25, 0.5);
  }

  @Test
  @Timeout(20)
  void everyLoopIsWatched() {
    LoopLag lag = new LoopLag(System::nanoTime);
    try (EventLoops loops = new EventLoops(TransportType.NIO, 2, "test")) {
      lag.watch(loops.all());
      long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
      while (count(lag) < 4 && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
    }
    assertThat(count(lag)).isGreaterThanOrEqualTo(4);
  }
}
