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
 * <p>At the maximum half of the announces have an event, and all at half of that, so that nearly
 * all of the fifty thousand torrents have changed when the tracker writes, once in each turn of
 * half a minute, some seconds before its end. What changes after that it writes before the other
 * tracker has its turn on the same core. Before the first turn that counts it has written a dozen
 * times: until then the database's code is compiled, which takes more of the core than to write
 * does. A turn is held against the one beside it of the other tracker, and which of them comes
 * first changes.
 */
final class PersistenceCost {
  private static final Population POPULATION = new Population(50_000, 8, 64);
  private static final String HALF_WITH_EVENTS = "announce=50,started=22,completed=6,stopped=22";
  private static final String ALL_WITH_EVENTS = "announce=0,started=44,completed=12,stopped=44";

  private static final int TURN_SECONDS = 30;
  private static final String FLUSH_INTERVAL = TURN_SECONDS + "s";
  private static final int FIRST_WARMUP_SECONDS = 12 * TURN_SECONDS;
  private static final int WARMUP_SECONDS = 3;
  private static final double PART_OF_MAXIMUM = 0.5;
  private static final String FLUSHES = "trakx.database.flushes";
  private static final String FLUSH_AGE = "trakx.database.last_flush_age_seconds";
  private static final String TORRENTS_WRITTEN = "trakx.database.torrents_written";

  /** From the end of a flush to a turn, so that the next one begins and ends in the turn. */
  private static final int LEAD_SECONDS = 5;

  private static final long FLUSH_NANOS = 90_000_000_000L;
  private static final long POLL_MILLIS = 50;

  private final Launcher launcher;
  private final Generator generator;
  private final Machine machine;
  private final int pairs;
  private final PrintStream progress;
  private final List<String> database;
  private int turns;

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
    try (ReadTracker writing = filled(writes);
        ReadTracker keeping = filled(List.of("database.url=none"))) {
      String load = "HTTP, new connection per announce, 100,000 torrents written a minute";
      var _ = load("with a database, first", writing, 0, FIRST_WARMUP_SECONDS);
      awaitFlush(writing);
      var _ = load("without, first", keeping, 0, FIRST_WARMUP_SECONDS);
      Samples unwritten = new Samples();
      Pairs cpu = pairs(writing, keeping, 0, Results::cpuMicros, unwritten);
      results.add(row(load, "server CPU against without a database", cpu, 1.05));
      double rate = Math.floor(PART_OF_MAXIMUM * unwritten.median(LoadReport::perSecond));
      ToDoubleFunction<LoadReport> p99 = report -> report.latencyMicros().p99();
      Pairs latency = pairs(writing, keeping, rate, p99, new Samples());
      results.add(
          row(load + ", fixed rate", "p99 latency against without a database", latency, 1.2));
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
      ReadTracker writing,
      ReadTracker keeping,
      double rate,
      ToDoubleFunction<LoadReport> figure,
      Samples unwritten)
      throws IOException, InterruptedException {
    Pairs ratios = new Pairs();
    for (int pair = 0; pair < pairs; pair++) {
      boolean writingFirst = pair % 2 == 0;
      LoadReport first = writingFirst ? write(writing, rate) : keep(keeping, rate);
      LoadReport second = writingFirst ? keep(keeping, rate) : write(writing, rate);
      unwritten.add(writingFirst ? second : first);
      double ratio = figure.applyAsDouble(first) / figure.applyAsDouble(second);
      ratios.add(writingFirst ? ratio : 1 / ratio);
    }
    return ratios;
  }

  private LoadReport write(ReadTracker writing, double rate)
      throws IOException, InterruptedException {
    await(writing, FLUSH_AGE, LEAD_SECONDS, true);
    long before = writing.variable(TORRENTS_WRITTEN);
    LoadReport report = load("with a database", writing, rate, WARMUP_SECONDS);
    long written = writing.variable(TORRENTS_WRITTEN) - before;
    progress.printf(Locale.ROOT, "%,d torrents written meanwhile%n", written);
    awaitFlush(writing);
    return report;
  }

  private LoadReport keep(ReadTracker keeping, double rate)
      throws IOException, InterruptedException {
    return load("without", keeping, rate, WARMUP_SECONDS);
  }

  private static void awaitFlush(ReadTracker writing) throws IOException, InterruptedException {
    await(writing, FLUSHES, writing.variable(FLUSHES), false);
  }

  /** Waits until a variable has a value, or another one. */
  private static void await(ReadTracker writing, String variable, long value, boolean equal)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (equal != (writing.variable(variable) == value)) {
      if (System.nanoTime() - start > FLUSH_NANOS) {
        throw new IOException("the tracker does not write to its database in time");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private LoadReport load(String which, ReadTracker loaded, double rate, int warmup)
      throws IOException, InterruptedException {
    RunningTracker tracker = loaded.tracker();
    List<String> arguments =
        List.of(
            "run",
            tracker.url(false),
            "--swarms=" + POPULATION.swarms(),
            "--peers-per-swarm=" + POPULATION.peersPerSwarm(),
            "--sources=" + POPULATION.sources(),
            "--mix=" + (rate > 0 ? ALL_WITH_EVENTS : HALF_WITH_EVENTS),
            "--warmup=" + warmup,
            "--duration=" + TURN_SECONDS,
            // The same events again would find half of the torrents as they are to become.
            "--seed=" + (1 + turns++ / 2),
            "--server-pid=" + tracker.process().pid());
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

  private ReadTracker filled(List<String> settings) throws IOException, InterruptedException {
    List<String> pin = Machine.on(machine.serverCore());
    return ReadTracker.filled(launcher, generator, machine, pin, POPULATION, settings);
  }
}
