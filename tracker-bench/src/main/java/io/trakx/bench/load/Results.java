package io.trakx.bench.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a comparison found, and the tables that show it. Not thread-safe. */
final class Results {
  private final Map<Workload, Map<TrackerKind, Samples>> samples = new EnumMap<>(Workload.class);
  private final List<Row> others = new ArrayList<>();

  void add(Workload workload, TrackerKind kind, LoadReport report) {
    samples
        .computeIfAbsent(workload, _ -> new EnumMap<>(TrackerKind.class))
        .computeIfAbsent(kind, _ -> new Samples())
        .add(report);
  }

  /** Adds a figure that has no load in common with the other tracker. */
  void add(Row row) {
    others.add(row);
  }

  /** The reports so far; empty if there are none. */
  Samples of(Workload workload, TrackerKind kind) {
    return samples.getOrDefault(workload, Map.of()).getOrDefault(kind, new Samples());
  }

  /** The table with a line for each figure that has a bar. */
  String table() {
    StringBuilder table = new StringBuilder(Row.header());
    rows().forEach(row -> table.append(row.markdown()));
    others.forEach(row -> table.append(row.markdown()));
    return table.toString();
  }

  private List<Row> rows() {
    ToDoubleFunction<LoadReport> cpu = Results::cpuMicros;
    ToDoubleFunction<LoadReport> speed = LoadReport::perSecond;
    ToDoubleFunction<LoadReport> p99 = report -> report.latencyMicros().p99();
    String cpuFigure = "server CPU per announce, µs";
    String p99Figure = "p99 latency, µs";
    List<Row> rows = new ArrayList<>();
    compare(
        rows, Workload.HTTP_CLOSE, Workload.HTTP_CLOSE, cpuFigure, cpu, atMost(1.1), atMost(.9));
    compare(
        rows,
        Workload.HTTP_KEEP_ALIVE,
        Workload.HTTP_CLOSE,
        cpuFigure,
        cpu,
        atMost(.4),
        atMost(.3));
    compare(rows, Workload.UDP, Workload.UDP, cpuFigure, cpu, atMost(.6), atMost(.45));
    Workload all = Workload.HTTP_CLOSE_ALL_CORES;
    compare(
        rows, all, all, "announces a second", speed, Row.Bar.atLeast(1.2), Row.Bar.atLeast(1.5));
    for (Workload fixed : List.of(Workload.HTTP_CLOSE_FIXED_RATE, Workload.UDP_FIXED_RATE)) {
      compare(rows, fixed, fixed, p99Figure, p99, atMost(1.5), atMost(1));
    }
    return rows;
  }

  private void compare(
      List<Row> rows,
      Workload ours,
      Workload theirs,
      String figureName,
      ToDoubleFunction<LoadReport> figure,
      Row.Bar bar,
      Row.Bar stretch) {
    Samples our = of(ours, TrackerKind.TRAKX);
    Samples their = of(theirs, TrackerKind.OPENTRACKER);
    if (our.isEmpty() || their.isEmpty()) {
      return;
    }
    double spread = Math.max(our.spread(figure), their.spread(figure));
    rows.add(
        Row.ratio(
            ours.label(),
            figureName,
            our.median(figure),
            their.median(figure),
            spread,
            bar,
            stretch));
  }

  private static Row.Bar atMost(double limit) {
    return Row.Bar.atMost(limit);
  }

  static double cpuMicros(LoadReport report) {
    LoadReport.Server server = report.server();
    return server == null ? Double.NaN : server.microsPerRequest();
  }

  private static double systemMicros(LoadReport report) {
    LoadReport.Server server = report.server();
    return server == null ? Double.NaN : server.systemMicrosPerRequest();
  }

  /** The table with what lies behind those figures. */
  String details() {
    StringBuilder table =
        new StringBuilder(
            """
            | load | tracker | a second | CPU µs | of it kernel | p50 µs | p99 µs | p99.9 µs | peers | errors |
            |---|---|---:|---:|---:|---:|---:|---:|---:|---:|
            """);
    samples.forEach(
        (workload, trackers) ->
            trackers.forEach((kind, turns) -> table.append(detail(workload, kind, turns))));
    return table.toString();
  }

  private static String detail(Workload workload, TrackerKind kind, Samples turns) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,.0f | %.2f | %.2f | %,.0f | %,.0f | %,.0f | %.1f | %,d |%n",
        workload.label(),
        kind.label(),
        turns.median(LoadReport::perSecond),
        turns.median(Results::cpuMicros),
        turns.median(Results::systemMicros),
        turns.median(report -> report.latencyMicros().p50()),
        turns.median(report -> report.latencyMicros().p99()),
        turns.median(report -> report.latencyMicros().p999()),
        turns.median(LoadReport::peersPerAnnounce),
        turns.errors());
  }
}
