package io.trakx.netty.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One metric with all its samples: the library makes, checks and sorts names and labels once, and
 * each reading asks for values only.
 *
 * <p>That is most of what a page of metrics costs somebody who asks seldom: Java compiles little of
 * what runs once in a few seconds. Immutable and thread-safe, if the source is.
 *
 * @param <S> where the values come from
 */
final class Family<S> {
  private final Function<S, MetricSnapshot> reading;

  private <P extends DataPointSnapshot> Family(
      Function<List<P>, MetricSnapshot> snapshot, List<Sample<S, P>> samples) {
    List<Sample<S, P>> sorted = new ArrayList<>(samples);
    sorted.sort(Comparator.comparing(Sample::labels));
    reading =
        source -> {
          List<P> points = new ArrayList<>(sorted.size());
          for (Sample<S, P> sample : sorted) {
            points.add(sample.value().apply(source));
          }
          return snapshot.apply(points);
        };
  }

  /** A metric that only grows; {@code _total} is added to its name. */
  static <S> Family<S> counter(
      String name, String help, List<Sample<S, CounterDataPointSnapshot>> samples) {
    MetricMetadata metadata =
        CounterSnapshot.builder().name(name).help(help).unit(unit(name)).build().getMetadata();
    return new Family<>(points -> new CounterSnapshot(metadata, points), samples);
  }

  /** A metric that only grows, without labels; {@code _total} is added to its name. */
  static <S> Family<S> counter(String name, String help, ToDoubleFunction<S> value) {
    return counter(name, help, List.of(Sample.counted(value)));
  }

  /** A metric that goes up and down, without labels. */
  static <S> Family<S> gauge(String name, String help, ToDoubleFunction<S> value) {
    return gauge(name, help, List.of(Sample.measured(value)));
  }

  /** A metric that goes up and down. */
  static <S> Family<S> gauge(
      String name, String help, List<Sample<S, GaugeDataPointSnapshot>> samples) {
    MetricMetadata metadata = new MetricMetadata(name, help, unit(name));
    return new Family<>(points -> new GaugeSnapshot(metadata, points), samples);
  }

  /** A metric of durations, by buckets. */
  static <S> Family<S> histogram(
      String name, String help, List<Sample<S, HistogramDataPointSnapshot>> samples) {
    MetricMetadata metadata = new MetricMetadata(name, help, unit(name));
    return new Family<>(points -> new HistogramSnapshot(metadata, points), samples);
  }

  /** A metric of durations, by number and sum. */
  static <S> Family<S> summary(
      String name, String help, List<Sample<S, SummaryDataPointSnapshot>> samples) {
    MetricMetadata metadata = new MetricMetadata(name, help, unit(name));
    return new Family<>(points -> new SummarySnapshot(metadata, points), samples);
  }

  /** The name of a metric, without what its type adds, from its name in {@code /debug/vars}. */
  static String name(String key) {
    return "trakx_" + key.replace('.', '_');
  }

  private static @Nullable Unit unit(String name) {
    return name.endsWith("_seconds") ? Unit.SECONDS : null;
  }

  /** What it is now. */
  MetricSnapshot read(S source) {
    return reading.apply(source);
  }
}
