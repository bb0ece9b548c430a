package io.trakx.bench.load;

import java.util.Locale;

/**
 * One line of the table of results.
 *
 * @param load what was done
 * @param figure what was measured, with its unit
 * @param ours the middle over all turns
 * @param theirs the same of opentracker; NaN where it is not asked
 * @param spread how far the turns lie apart, the worse of both, in parts of the middle; NaN for one
 * @param result what is held against the bar: a ratio, or our figure
 * @param bar what must be reached
 * @param stretch what would be better
 */
record Row(
    String load,
    String figure,
    double ours,
    double theirs,
    double spread,
    double result,
    Bar bar,
    Bar stretch) {

  /**
   * A limit.
   *
   * @param atLeast whether it is a lower one
   */
  record Bar(double limit, boolean atLeast) {
    static Bar atMost(double limit) {
      return new Bar(limit, false);
    }

    static Bar atLeast(double limit) {
      return new Bar(limit, true);
    }

    boolean isReached(double result) {
      return atLeast ? result >= limit : result <= limit;
    }

    @Override
    public String toString() {
      return (atLeast ? "≥ " : "≤ ") + number(limit);
    }
  }

  /** A row for a ratio of our figure to theirs. */
  static Row ratio(
      String load, String figure, double ours, double theirs, double spread, Bar bar, Bar stretch) {
    return new Row(load, figure, ours, theirs, spread, ours / theirs, bar, stretch);
  }

  /** A row for a figure of ours that stands for itself. */
  static Row absolute(String load, String figure, double ours, Bar bar, Bar stretch) {
    return absolute(load, figure, ours, Double.NaN, bar, stretch);
  }

  /** The same of several turns. */
  static Row absolute(
      String load, String figure, double ours, double spread, Bar bar, Bar stretch) {
    return new Row(load, figure, ours, Double.NaN, spread, ours, bar, stretch);
  }

  static String header() {
    return """
    | load | figure | Trakx | opentracker | ratio | bar | stretch | reached | spread |
    |---|---|---:|---:|---:|---:|---:|---|---:|
    """;
  }

  /** As a line of a Markdown table. */
  String markdown() {
    return String.join(
        " | ",
        "| " + load,
        figure,
        number(ours),
        number(theirs),
        Double.isNaN(theirs) ? "" : String.format(Locale.ROOT, "%.2f", result),
        bar.toString(),
        stretch.toString(),
        stretch.isReached(result) ? "stretch" : bar.isReached(result) ? "bar" : "**no**",
        (Double.isNaN(spread) ? "" : String.format(Locale.ROOT, "%.0f %%", spread * 100)) + " |\n");
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return "";
    }
    return String.format(
        Locale.ROOT, number >= 1000 ? "%,.0f" : number >= 100 ? "%.0f" : "%.2f", number);
  }
}
