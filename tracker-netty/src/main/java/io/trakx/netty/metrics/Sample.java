package io.trakx.netty.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import io.trakx.core.stats.DurationHistogram;
import io.trakx.core.stats.DurationHistogram.Durations;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * One value of a {@link Family}, or one histogram. Labels are names and values in turn.
 *
 * @param value asked at each reading, so it must be quick
 */
record Sample<S, P extends DataPointSnapshot>(Labels labels, Function<S, P> value) {
  /** The upper bounds of all histograms' buckets, in seconds, the last without end. */
  private static final List<Double> BOUNDS_SECONDS = boundsSeconds();

  private static final long NO_TIME = 0;

  private static List<Double> boundsSeconds() {
    List<Long> nanos = DurationHistogram.boundsNanos();
    Double[] seconds = new Double[nanos.size() + 1];
    for (int i = 0; i < nanos.size(); i++) {
      seconds[i] = Unit.nanosToSeconds(nanos.get(i));
    }
    seconds[nanos.size()] = Double.POSITIVE_INFINITY;
    return List.of(seconds);
  }

  static <S> Sample<S, CounterDataPointSnapshot> counted(
      ToDoubleFunction<S> value, String... labels) {
    Labels all = Labels.of(labels);
    return new Sample<>(
        all,
        source -> new CounterDataPointSnapshot(value.applyAsDouble(source), all, null, NO_TIME));
  }

  static <S> Sample<S, GaugeDataPointSnapshot> measured(
      ToDoubleFunction<S> value, String... labels) {
    Labels all = Labels.of(labels);
    return new Sample<>(
        all, source -> new GaugeDataPointSnapshot(value.applyAsDouble(source), all, null));
  }

  static <S> Sample<S, HistogramDataPointSnapshot> timed(
      Function<S, Durations> durations, String... labels) {
    Labels all = Labels.of(labels);
    return new Sample<>(all, source -> histogram(durations.apply(source), all));
  }

  private static HistogramDataPointSnapshot histogram(Durations durations, Labels labels) {
    return new HistogramDataPointSnapshot(
        ClassicHistogramBuckets.of(BOUNDS_SECONDS, durations.counts()),
        Unit.nanosToSeconds(durations.sumNanos()),
        labels,
        Exemplars.EMPTY,
        NO_TIME);
  }

  static <S> Sample<S, SummaryDataPointSnapshot> summed(
      ToLongFunction<S> count, ToDoubleFunction<S> seconds, String... labels) {
    Labels all = Labels.of(labels);
    return new Sample<>(
        all,
        source ->
            new SummaryDataPointSnapshot(
                count.applyAsLong(source),
                seconds.applyAsDouble(source),
                Quantiles.EMPTY,
                all,
                Exemplars.EMPTY,
                NO_TIME));
  }
}
