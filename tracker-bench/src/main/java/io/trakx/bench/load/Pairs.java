package io.trakx.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Ratios of one figure in two turns that follow each other, so that the machine was the same for
 * both. Not thread-safe.
 */
final class Pairs {
  private final List<Double> ratios = new ArrayList<>();

  void add(double ratio) {
    ratios.add(ratio);
  }

  /** The middle ratio. */
  double median() {
    return Samples.median(ratios);
  }

  /** How far the lowest and the highest ratio are apart, in parts of the middle one. */
  double spread() {
    return (highest() - lowest()) / median();
  }

  private double lowest() {
    return ratios.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }

  private double highest() {
    return ratios.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d pairs: %.3f, from %.3f to %.3f",
        ratios.size(),
        median(),
        lowest(),
        highest());
  }
}
