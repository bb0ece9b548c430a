package io.trakx.netty.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/** Metrics of one source. Immutable and thread-safe, if the source is. */
final class Families<S> {
  private final List<Family<S>> all;

  Families(List<Family<S>> all) {
    this.all = List.copyOf(all);
  }

  /** What they are now. */
  MetricSnapshots read(S source) {
    List<MetricSnapshot> now = new ArrayList<>(all.size());
    for (Family<S> family : all) {
      now.add(family.read(source));
    }
    return new MetricSnapshots(now);
  }
}
