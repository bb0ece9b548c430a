package io.trakx.netty.web;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** The tracker's past in steps of equal length, as charts show it. Immutable. */
final class Series {
  private final Range range;
  private final long fromSecond;
  private final double[][] values;

  private Series(Range range, long fromSecond, double[][] values) {
    this.range = range;
    this.fromSecond = fromSecond;
    this.values = values;
  }

  /** Puts samples into the steps of a range that ends with the one {@code now} is in. */
  static Series of(Range range, Instant now, List<HistorySample> samples) {
    long step = range.step().toSeconds();
    int steps = Math.toIntExact(range.length().toSeconds() / step);
    long last = Math.floorDiv(now.getEpochSecond(), step) * step;
    long from = last - (steps - 1) * step;
    Figure[] figures = Figure.values();
    double[][] sums = new double[figures.length][steps];
    long[][] weights = new long[figures.length][steps];
    for (HistorySample sample : samples) {
      int at = Math.toIntExact(Math.floorDiv(sample.begins().getEpochSecond() - from, step));
      if (at >= 0 && at < steps) {
        for (int i = 0; i < figures.length; i++) {
          sums[i][at] += figures[i].amount(sample);
          weights[i][at] += figures[i].weight(sample);
        }
      }
    }
    for (int i = 0; i < figures.length; i++) {
      for (int at = 0; at < steps; at++) {
        sums[i][at] = weights[i][at] == 0 ? Double.NaN : sums[i][at] / weights[i][at];
      }
    }
    return new Series(range, from, sums);
  }

  Range range() {
    return range;
  }

  /** When the first step began, in seconds since 1970. */
  long fromSecond() {
    return fromSecond;
  }

  /** How many steps there are. */
  int size() {
    return values[0].length;
  }

  /** A figure's value in each step; not a number where nothing is known. */
  double[] values(Figure figure) {
    return values[index(figure)].clone();
  }

  /** What is known of a figure at a glance. */
  Summary summary(Figure figure) {
    double[] known =
        Arrays.stream(values[index(figure)]).filter(value -> !Double.isNaN(value)).toArray();
    if (known.length == 0) {
      return Summary.NONE;
    }
    return new Summary(
        Arrays.stream(known).min().orElseThrow(),
        Arrays.stream(known).average().orElseThrow(),
        Arrays.stream(known).max().orElseThrow(),
        known[known.length - 1]);
  }

  /** Any four of a kind, for sentences; not a number where nothing is known. */
  record Summary(double lowest, double average, double highest, double latest) {
    private static final Summary NONE = new Summary(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    boolean known() {
      return !Double.isNaN(latest);
    }
  }

  @SuppressWarnings("EnumOrdinal") // rows of an array in the order of the figures
  private static int index(Figure figure) {
    return figure.ordinal();
  }
}
