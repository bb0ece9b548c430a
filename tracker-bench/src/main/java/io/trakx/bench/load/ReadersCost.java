package io.trakx.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a reader of every page and of all metrics, once a second, costs those who announce over
 * HTTP: the same load in turn with and without it, on one tracker.
 *
 * <p>It is loaded first, and read without a pause, more often than in an hour of readings a second:
 * until then Java compiles what makes the pages, bit by bit, which takes more than all readers do.
 * A flush to the database lies in every turn. A turn with the reader is held against the one beside
 * it without, and which of them comes first changes, so that a machine that slows down or gets
 * faster favours neither.
 */
final class ReadersCost {
  private static final Population POPULATION = Comparison.POPULATION;
  private static final int COMPILING_SECONDS = 90;
  private static final int WARMUP_SECONDS = 1;
  private static final int TURN_SECONDS = 10;

  private final Launcher launcher;
  private final Generator generator;
  private final Machine machine;
  private final int pairs;
  private final PrintStream progress;

  /**
   * @param full more turns
   */
  ReadersCost(
      Launcher launcher, Generator generator, Machine machine, boolean full, PrintStream progress) {
    this.launcher = launcher;
    this.generator = generator;
    this.machine = machine;
    this.pairs = full ? 10 : 6;
    this.progress = progress;
  }

  void run(Results results) throws IOException, InterruptedException {
    List<String> pin = Machine.on(machine.serverCore());
    List<String> settings = List.of("database.flush_interval=" + TURN_SECONDS + "s");
    Pairs ratios = new Pairs();
    try (ReadTracker tracker =
        ReadTracker.filled(launcher, generator, machine, pin, POPULATION, settings)) {
      var _ = whileRead(tracker, COMPILING_SECONDS, Duration.ZERO);
      for (int pair = 0; pair < pairs; pair++) {
        boolean readFirst = pair % 2 == 0;
        double first = turn(tracker, readFirst);
        double second = turn(tracker, !readFirst);
        ratios.add(readFirst ? first / second : second / first);
      }
    }
    progress.println(ratios);
    results.add(
        Row.absolute(
            "HTTP, new connection per announce, all pages and metrics read once a second",
            "server CPU against unread",
            ratios.median(),
            ratios.spread(),
            Row.Bar.atMost(1.03),
            Row.Bar.atMost(1)));
  }

  private double turn(ReadTracker tracker, boolean read) throws IOException, InterruptedException {
    return Results.cpuMicros(
        read
            ? whileRead(tracker, WARMUP_SECONDS, Duration.ofSeconds(1))
            : load("not read", tracker, WARMUP_SECONDS));
  }

  /**
   * @param pause between one reading of all pages and the next
   */
  private LoadReport whileRead(ReadTracker tracker, int warmupSeconds, Duration pause)
      throws IOException, InterruptedException {
    List<PageReader> readers = tracker.readers();
    AtomicBoolean done = new AtomicBoolean();
    Thread thread = Thread.ofPlatform().daemon().start(() -> readAll(readers, pause, done));
    try {
      return load("read", tracker, warmupSeconds);
    } finally {
      done.set(true);
      thread.join();
      for (PageReader reader : readers) {
        reader.close();
      }
    }
  }

  private void readAll(List<PageReader> readers, Duration pause, AtomicBoolean done) {
    int times = 0;
    try {
      for (; !done.get(); times++) {
        for (PageReader reader : readers) {
          var _ = reader.read();
        }
        Thread.sleep(pause);
      }
      progress.printf(Locale.ROOT, "all was read %,d times%n", times);
    } catch (IOException | InterruptedException e) {
      progress.println("no longer read: " + e);
    }
  }

  private LoadReport load(String which, ReadTracker read, int warmupSeconds)
      throws IOException, InterruptedException {
    RunningTracker tracker = read.tracker();
    LoadReport report =
        generator.run(
            Machine.on(machine.loadCore()),
            List.of(
                "run",
                tracker.url(false),
                "--swarms=" + POPULATION.swarms(),
                "--peers-per-swarm=" + POPULATION.peersPerSwarm(),
                "--sources=" + POPULATION.sources(),
                "--warmup=" + warmupSeconds,
                "--duration=" + TURN_SECONDS,
                "--server-pid=" + tracker.process().pid()));
    progress.printf(
        Locale.ROOT,
        "%s, %.0f s old: %,.0f a second, %.2f µs server CPU%n",
        which,
        tracker.uptimeSeconds(),
        report.perSecond(),
        Results.cpuMicros(report));
    return report;
  }
}
