package io.trakx.netty.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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

  private final Families<Counters> families;
  private final Counters counters;

  public CounterMetrics(Counters counters) {
    this.counters = counters;
    List<Family<Counters>> all = new ArrayList<>();
    List<Sample<Counters, CounterDataPointSnapshot>> events = new ArrayList<>();
    for (TrackerCounter counter : TrackerCounter.values()) {
      if (counter.key().startsWith(EVENTS)) {
        String event = counter.key().substring(EVENTS.length());
        events.add(Sample.counted(source -> source.get(counter), "event", event));
      } else if (!SHOWN_BY_REQUEST.contains(counter)) {
        all.add(
            Family.counter(
                Family.name(counter.key()), counter.description(), source -> source.get(counter)));
      }
    }
    all.add(
        Family.counter(
            "trakx_announce_events",
            "Answered announces that told of an event, by event.",
            events));
    families = new Families<>(all);
  }

  @Override
  public MetricSnapshots collect() {
    return families.read(counters);
  }
}
