package io.trakx.netty.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import io.trakx.core.stats.DurationHistogram;
import io.trakx.core.stats.DurationHistogram.Durations;
import java.util.List;

/** Makes snapshots of single figures. */
final class Samples {
  /** The upper bounds of all histograms' buckets, in seconds, the last without end. */
  private static final List<Double> BOUNDS_SECONDS = boundsSeconds();

  private Samples() {}

  private static List<Double> boundsSeconds() {
    List<Long> nanos = DurationHistogram.boundsNanos();
    Double[] seconds = new Double[nanos.size() + 1];
    for (int i = 0; i < nanos.size(); i++) {
      seconds[i] = Unit.nanosToSeconds(nanos.get(i));
    }
    seconds[nanos.size()] = Double.POSITIVE_INFINITY;
    return List.of(seconds);
  }

  /** The name of a metric, without what its type adds, from its name in {@code /debug/vars}. */
  static String name(String key) {
    return "trakx_" + key.replace('.', '_');
  }

  /** A counter without labels; {@code _total} is added to its name. */
  static CounterSnapshot counter(String name, String help, long value) {
    return CounterSnapshot.builder().name(name).help(help).dataPoint(counted(value)).build();
  }

  /** A gauge without labels. */
  static GaugeSnapshot gauge(String name, String help, long value) {
    return GaugeSnapshot.builder().name(name).help(help).dataPoint(measured(value)).build();
  }

  /** A gauge without labels, of a time. */
  static GaugeSnapshot seconds(String name, String help, long millis) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value(Unit.millisToSeconds(millis)).build())
        .build();
  }

  /** One value of a counter; labels are names and values in turn. */
  static CounterDataPointSnapshot counted(long value, String... labels) {
    return CounterDataPointSnapshot.builder()
        .value((double) value)
        .labels(Labels.of(labels))
        .build();
  }

  /** One value of a gauge; labels are names and values in turn. */
  static GaugeDataPointSnapshot measured(long value, String... labels) {
    return GaugeDataPointSnapshot.builder().value((double) value).labels(Labels.of(labels)).build();
  }

  /** One histogram, in seconds; labels are names and values in turn. */
  static HistogramDataPointSnapshot durations(Durations durations, String... labels) {
    HistogramDataPointSnapshot.Builder point =
        HistogramDataPointSnapshot.builder()
            .classicHistogramBuckets(
                ClassicHistogramBuckets.of(BOUNDS_SECONDS, durations.counts()));
    point.sum(Unit.nanosToSeconds(durations.sumNanos()));
    point.labels(Labels.of(labels));
    return point.build();
  }
}
