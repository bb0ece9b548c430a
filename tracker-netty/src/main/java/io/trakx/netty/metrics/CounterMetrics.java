package io.trakx.netty.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import java.util.EnumSet;
import java.util.Set;

/**
 * Every {@link TrackerCounter} under its own name, but for those that are sums of {@link
 * RequestMetrics}, and for announces with an event, which are one metric.
 */
public final class CounterMetrics implements MultiCollector {
  private static final Set<TrackerCounter> SHOWN_BY_REQUEST =
      EnumSet.of(
          TrackerCounter.ANNOUNCES,
          TrackerCounter.ANNOUNCES_REFUSED,
          TrackerCounter.SCRAPES,
          TrackerCounter.SCRAPES_REFUSED,
          TrackerCounter.UDP_CONNECTS);

  private static final String EVENTS = "events.";

  private final Counters counters;

  public CounterMetrics(Counters counters) {
    this.counters = counters;
  }

  @Override
  public MetricSnapshots collect() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    CounterSnapshot.Builder events =
        CounterSnapshot.builder()
            .name("trakx_announce_events")
            .help("Answered announces that told of an event, by event.");
    for (TrackerCounter counter : TrackerCounter.values()) {
      long value = counters.get(counter);
      if (counter.key().startsWith(EVENTS)) {
        events.dataPoint(Samples.counted(value, "event", counter.key().substring(EVENTS.length())));
      } else if (!SHOWN_BY_REQUEST.contains(counter)) {
        all.metricSnapshot(
            Samples.counter(Samples.name(counter.key()), counter.description(), value));
      }
    }
    return all.metricSnapshot(events.build()).build();
  }
}
