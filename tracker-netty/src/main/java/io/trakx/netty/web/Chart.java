package io.trakx.netty.web;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** A chart of the index page, and the same in words. */
enum Chart {
  PEERS("peers", "Peers", "seeders and leechers", Figure.PEERS, Chart::count, "peers"),
  TORRENTS(
      "torrents", "Torrents", "torrents with peers", Figure.TORRENTS, Chart::count, "torrents"),
  ANNOUNCES(
      "announces",
      "Announces per second",
      "answered announces per second",
      Figure.ANNOUNCES,
      Chart::rate,
      "announces per second"),
  ERRORS(
      "errors",
      "Errors per minute",
      "refused announces and scrapes per minute",
      Figure.ERRORS,
      perSecond -> rate(60 * perSecond),
      "errors per minute"),
  MEMORY(
      "memory",
      "Memory",
      "memory of the process",
      Figure.RESIDENT,
      Chart::bytes,
      "of the process in RAM");

  /** In the order of the page. */
  static final List<Chart> ALL = List.of(values());

  private final String key;
  private final String title;
  private final String shows;
  private final Figure told;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
  private final DoubleFunction<String> written;

  private final String unit;

  Chart(
      String key,
      String title,
      String shows,
      Figure told,
      DoubleFunction<String> written,
      String unit) {
    this.key = key;
    this.title = title;
    this.shows = shows;
    this.told = told;
    this.written = written;
    this.unit = unit;
  }

  String key() {
    return key;
  }

  String title() {
    return title;
  }

  /** What its lines are. */
  String shows() {
    return shows;
  }

  /** The chart for those who do not see it. */
  String sentence(Series series) {
    Figure figure = told;
    if (this == MEMORY && !series.summary(figure).known()) {
      figure = Figure.HEAP;
    }
    Series.Summary summary = series.summary(figure);
    if (!summary.known()) {
      return "Nothing recorded in this time yet.";
    }
    return "Latest: %s %s. Lowest %s, highest %s, average %s."
        .formatted(
            written.apply(summary.latest()),
            figure == Figure.HEAP ? "of heap" : unit,
            written.apply(summary.lowest()),
            written.apply(summary.highest()),
            written.apply(summary.average()));
  }

  private static String count(double value) {
    return Frame.number(Math.round(value));
  }

  private static String rate(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%,.2f" : "%,.0f", value);
  }

  private static String bytes(double value) {
    double mebibytes = value / (1 << 20);
    return mebibytes < 1024
        ? String.format(Locale.ROOT, "%,.0f MiB", mebibytes)
        : String.format(Locale.ROOT, "%,.1f GiB", mebibytes / 1024);
  }
}
