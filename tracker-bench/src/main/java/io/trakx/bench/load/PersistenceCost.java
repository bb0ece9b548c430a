package io.trakx.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What the flush to a database costs those who announce over HTTP: the same load in turn to a
 * tracker that writes and to one that keeps no database.
 *
 * <p>Half of the announces change a torrent's counts, so that all of the fifty thousand torrents
 * have changed whenever the tracker writes, which is twice a minute and once a turn. Both trackers
 * live through all of it, on one core; the one that is not asked has nothing to write. Before the
 * first turn of each it has written six times: until then the database's code is compiled, which
 * takes more of the core than to write does.
 */
final class PersistenceCost {
  private static final Population POPULATION = new Population(50_000, 8, 64);
  private static final String MIX = "announce=50,started=22,completed=6,stopped=22";

  private static final int TURN_SECONDS = 30;
  private static final String FLUSH_INTERVAL = TURN_SECONDS + "s";
  private static final int FIRST_WARMUP_SECONDS = 6 * TURN_SECONDS;
  private static final double PART_OF_MAXIMUM = 0.5;

  private final Launcher launcher;
  private final Generator generator;
  private final Machine machine;
  private final Comparison.Effort effort;
  private final PrintStream progress;
  private final List<String> database;

  /**
   * @param database where to write, as settings of the tracker; empty for the embedded one
   */
  PersistenceCost(
      Launcher launcher,
      Generator generator,
      Machine machine,
      Comparison.Effort effort,
      PrintStream progress,
      List<String> database) {
    this.launcher = launcher;
    this.generator = generator;
    this.machine = machine;
    this.effort = effort;
    this.progress = progress;
    this.database = database;
  }

  void run(Results results) throws IOException, InterruptedException {
    List<String> writes = new ArrayList<>(database);
    writes.add("database.flush_interval=" + FLUSH_INTERVAL);
    try (RunningTracker writing = filled(writes);
        RunningTracker keeping = filled(List.of("database.url=none"))) {
      String load = "HTTP, new connection per announce, 100,000 torrents written a minute";
      Turns closed = turns(writing, keeping, 0);
      results.add(
          row(
              load,
              "server CPU against without a database",
              closed.ratio(Results::cpuMicros),
              1.05));
      double rate = Math.floor(PART_OF_MAXIMUM * closed.keeping.median(LoadReport::perSecond));
      Turns fixed = turns(writing, keeping, rate);
      double p99 = fixed.ratio(report -> report.latencyMicros().p99());
      results.add(row(load + ", fixed rate", "p99 latency against without a database", p99, 1.2));
    }
  }

  private static Row row(String load, String figure, double ratio, double bar) {
    return Row.absolute(load, figure, ratio, Row.Bar.atMost(bar), Row.Bar.atMost(1));
  }

  private record Turns(Samples writing, Samples keeping) {
    double ratio(ToDoubleFunction<LoadReport> figure) {
      return writing.median(figure) / keeping.median(figure);
    }
  }

  private Turns turns(RunningTracker writing, RunningTracker keeping, double rate)
      throws IOException, InterruptedException {
    Turns turns = new Turns(new Samples(), new Samples());
    for (int round = 0; round < effort.rounds(); round++) {
      boolean cold = round == 0 && rate == 0;
      int warmup = cold ? FIRST_WARMUP_SECONDS : effort.warmupSeconds();
      turns.writing.add(load("with a database", writing, rate, warmup));
      turns.keeping.add(load("without", keeping, rate, warmup));
    }
    return turns;
  }

  private LoadReport load(String which, RunningTracker tracker, double rate, int warmup)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("run", tracker.url(false)));
    arguments.addAll(population());
    arguments.addAll(
        List.of(
            "--mix=" + MIX,
            "--warmup=" + warmup,
            "--duration=" + TURN_SECONDS,
            "--server-pid=" + tracker.process().pid()));
    LoadReport report = generator.run(Machine.on(machine.loadCore()), arguments, rate);
    progress.printf(
        Locale.ROOT,
        "%s: %,.0f a second, %.2f µs server CPU, %,.0f µs p99, %d errors%n",
        which,
        report.perSecond(),
        Results.cpuMicros(report),
        report.latencyMicros().p99(),
        report.errorCount());
    return report;
  }

  private RunningTracker filled(List<String> settings) throws IOException, InterruptedException {
    RunningTracker tracker =
        launcher.start(TrackerKind.TRAKX, Machine.on(machine.serverCore()), POPULATION, settings);
    try {
      List<String> arguments = new ArrayList<>(List.of("fill", tracker.url(true)));
      arguments.addAll(population());
      generator.run(Machine.on(machine.loadCore()), arguments);
      return tracker;
    } catch (IOException | InterruptedException | RuntimeException e) {
      tracker.close();
      throw e;
    }
  }

  private static List<String> population() {
    return List.of(
        "--swarms=" + POPULATION.swarms(),
        "--peers-per-swarm=" + POPULATION.peersPerSwarm(),
        "--sources=" + POPULATION.sources());
  }
}
