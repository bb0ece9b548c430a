package io.trakx.bench.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The reports of one load on one tracker, a report a turn. Not thread-safe. */
final class Samples {
  private final List<LoadReport> reports = new ArrayList<>();

  void add(LoadReport report) {
    reports.add(report);
  }

  boolean isEmpty() {
    return reports.isEmpty();
  }

  /** The middle of a figure over all turns. */
  double median(ToDoubleFunction<LoadReport> figure) {
    return median(reports.stream().mapToDouble(figure).boxed().toList());
  }

  /** How far a figure's lowest and highest are apart, in parts of the middle. */
  double spread(ToDoubleFunction<LoadReport> figure) {
    double low = reports.stream().mapToDouble(figure).min().orElse(0);
    double high = reports.stream().mapToDouble(figure).max().orElse(0);
    return (high - low) / median(figure);
  }

  long errors() {
    return reports.stream().mapToLong(LoadReport::errorCount).sum();
  }

  static double median(List<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
