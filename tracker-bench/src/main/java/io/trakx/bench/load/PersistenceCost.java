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
 * first turn that counts it has written six times: until then the database's code is compiled,
 * which takes more of the core than to write does. A turn is held against the one beside it of the
 * other tracker, and which of them comes first changes.
 */
final class PersistenceCost {
  private static final Population POPULATION = new Population(50_000, 8, 64);
  private static final String MIX = "announce=50,started=22,completed=6,stopped=22";

  private static final int TURN_SECONDS = 30;
  private static final String FLUSH_INTERVAL = TURN_SECONDS + "s";
  private static final int FIRST_WARMUP_SECONDS = 6 * TURN_SECONDS;
  private static final int WARMUP_SECONDS = 3;
  private static final double PART_OF_MAXIMUM = 0.5;

  private final Launcher launcher;
  private final Generator generator;
  private final Machine machine;
  private final int pairs;
  private final PrintStream progress;
  private final List<String> database;

  /**
   * @param full more turns
   * @param database where to write, as settings of the tracker; empty for the embedded one
   */
  PersistenceCost(
      Launcher launcher,
      Generator generator,
      Machine machine,
      boolean full,
      PrintStream progress,
      List<String> database) {
    this.launcher = launcher;
    this.generator = generator;
    this.machine = machine;
    this.pairs = full ? 8 : 2;
    this.progress = progress;
    this.database = database;
  }

  void run(Results results) throws IOException, InterruptedException {
    List<String> writes = new ArrayList<>(database);
    writes.add("database.flush_interval=" + FLUSH_INTERVAL);
    try (RunningTracker writing = filled(writes);
        RunningTracker keeping = filled(List.of("database.url=none"))) {
      String load = "HTTP, new connection per announce, 100,000 torrents written a minute";
      var _ = load("with a database, first", writing, 0, FIRST_WARMUP_SECONDS);
      var _ = load("without, first", keeping, 0, FIRST_WARMUP_SECONDS);
      Samples unwritten = new Samples();
      Pairs cpu = pairs(writing, keeping, 0, Results::cpuMicros, unwritten);
      results.add(row(load, "server CPU against without a database", cpu, 1.05));
      double rate = Math.floor(PART_OF_MAXIMUM * unwritten.median(LoadReport::perSecond));
      Pairs p99 =
          pairs(writing, keeping, rate, report -> report.latencyMicros().p99(), new Samples());
      results.add(row(load + ", fixed rate", "p99 latency against without a database", p99, 1.2));
    }
  }

  private Row row(String load, String figure, Pairs ratios, double bar) {
    progress.println(ratios);
    return Row.absolute(
        load, figure, ratios.median(), ratios.spread(), Row.Bar.atMost(bar), Row.Bar.atMost(1));
  }

  /**
   * Turns of both trackers, each being the first of a pair as often as the other.
   *
   * @param unwritten takes the reports of the tracker without a database
   */
  private Pairs pairs(
      RunningTracker writing,
      RunningTracker keeping,
      double rate,
      ToDoubleFunction<LoadReport> figure,
      Samples unwritten)
      throws IOException, InterruptedException {
    Pairs ratios = new Pairs();
    for (int pair = 0; pair < pairs; pair++) {
      boolean writingFirst = pair % 2 == 0;
      LoadReport first = turn(writingFirst, writing, keeping, rate);
      LoadReport second = turn(!writingFirst, writing, keeping, rate);
      unwritten.add(writingFirst ? second : first);
      double ratio = figure.applyAsDouble(first) / figure.applyAsDouble(second);
      ratios.add(writingFirst ? ratio : 1 / ratio);
    }
    return ratios;
  }

  private LoadReport turn(
      boolean written, RunningTracker writing, RunningTracker keeping, double rate)
      throws IOException, InterruptedException {
    return written
        ? load("with a database", writing, rate, WARMUP_SECONDS)
        : load("without", keeping, rate, WARMUP_SECONDS);
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
