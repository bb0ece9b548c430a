package io.trakx.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads pages and metrics once a second: how long each takes with ten thousand and with many peers,
 * while nobody announces, and what all of them together cost those who announce.
 *
 * <p>A page that is read so seldom finds nothing of it in the processor's caches, and little of its
 * code compiled; {@code EndpointBenchmark} asks without a pause. For the cost, a tracker that is
 * read and one that is not take turns from their starts on, so that the first turns are those of a
 * young tracker.
 */
final class Readers {
  private static final List<String> METRICS = List.of("/metrics", "/debug/vars", "/readyz");
  private static final List<String> PAGES =
      List.of("/stats.json", "/stats", "/", "/history.json?range=day");

  /** These have a bar. */
  private static final List<String> MEASURED = List.of("/metrics", "/debug/vars", "/stats.json");

  private static final int PEERS_PER_SWARM = 20;
  private static final Population FEW = new Population(500, PEERS_PER_SWARM, 64);
  private static final double BAR_MILLIS = 5;

  /** What a tracker does once after its start is over by then. */
  private static final int SETTLING_SECONDS = 5;

  private final Launcher launcher;
  private final Generator generator;
  private final Machine machine;
  private final Comparison.Effort effort;
  private final Population many;
  private final int readings;
  private final PrintStream progress;

  /**
   * @param full ten million peers rather than one, more readings, longer turns
   */
  Readers(
      Launcher launcher, Generator generator, Machine machine, boolean full, PrintStream progress) {
    this.launcher = launcher;
    this.generator = generator;
    this.machine = machine;
    this.effort = full ? Comparison.Effort.FULL : Comparison.Effort.QUICK;
    this.many = new Population(full ? 500_000 : 50_000, PEERS_PER_SWARM, 64);
    this.readings = full ? 100 : 20;
    this.progress = progress;
  }

  void run(Results results) throws IOException, InterruptedException {
    for (Population population : List.of(FEW, many)) {
      latencies(population, results);
    }
    results.add(cost());
  }

  /** Ports of one tracker. */
  private record Read(RunningTracker tracker, int metricsPort) implements AutoCloseable {
    PageReader reader(String path) throws IOException {
      return new PageReader(METRICS.contains(path) ? metricsPort : tracker.port(), path);
    }

    @Override
    public void close() {
      tracker.close();
    }
  }

  private void latencies(Population population, Results results)
      throws IOException, InterruptedException {
    try (Read read = filled(List.of(), population)) {
      Thread.sleep(TimeUnit.SECONDS.toMillis(SETTLING_SECONDS));
      for (String path : MEASURED) {
        double[] millis = latencies(read, path);
        Arrays.sort(millis);
        progress.printf(
            Locale.ROOT,
            "%s, %,d peers: %.2f ms p50, %.2f p90, %.2f p99, %.2f max%n",
            path,
            population.peers(),
            at(millis, .5),
            at(millis, .9),
            at(millis, .99),
            millis[millis.length - 1]);
        results.add(
            Row.absolute(
                "%s once a second, %,d peers".formatted(path, population.peers()),
                "p99 latency, ms",
                at(millis, .99),
                Row.Bar.atMost(BAR_MILLIS),
                Row.Bar.atMost(BAR_MILLIS / 2)));
      }
    }
  }

  private double[] latencies(Read read, String path) throws IOException, InterruptedException {
    double[] millis = new double[readings];
    try (PageReader reader = read.reader(path)) {
      for (int i = 0; i < readings; i++) {
        TimeUnit.SECONDS.sleep(1);
        millis[i] = reader.read() / 1e6;
      }
    }
    return millis;
  }

  private static double at(double[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(quantile * sorted.length))];
  }

  private Row cost() throws IOException, InterruptedException {
    List<String> pin = Machine.on(machine.serverCore());
    try (Read read = filled(pin, Comparison.POPULATION);
        Read unread = filled(pin, Comparison.POPULATION)) {
      Samples with = new Samples();
      Samples without = new Samples();
      for (int round = 0; round < effort.rounds(); round++) {
        with.add(whileRead(read));
        without.add(load("not read", unread));
      }
      return Row.absolute(
          "HTTP, new connection per announce, all pages and metrics read once a second",
          "server CPU against unread",
          with.median(Results::cpuMicros) / without.median(Results::cpuMicros),
          Row.Bar.atMost(1.03),
          Row.Bar.atMost(1));
    }
  }

  /** Loads a tracker while a thread of ours reads all there is, once a second. */
  private LoadReport whileRead(Read read) throws IOException, InterruptedException {
    List<PageReader> readers = new ArrayList<>();
    for (String path : METRICS) {
      readers.add(read.reader(path));
    }
    for (String path : PAGES) {
      readers.add(read.reader(path));
    }
    AtomicBoolean done = new AtomicBoolean();
    Thread thread = Thread.ofPlatform().daemon().start(() -> readAll(readers, done));
    try {
      return load("read", read);
    } finally {
      done.set(true);
      thread.join();
      for (PageReader reader : readers) {
        reader.close();
      }
    }
  }

  private void readAll(List<PageReader> readers, AtomicBoolean done) {
    try {
      while (!done.get()) {
        for (PageReader reader : readers) {
          var _ = reader.read();
        }
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (IOException | InterruptedException e) {
      progress.println("no longer read: " + e);
    }
  }

  private LoadReport load(String which, Read read) throws IOException, InterruptedException {
    RunningTracker tracker = read.tracker();
    LoadReport report =
        generator.run(
            Machine.on(machine.loadCore()),
            List.of(
                "run",
                tracker.url(false),
                "--swarms=" + Comparison.POPULATION.swarms(),
                "--peers-per-swarm=" + Comparison.POPULATION.peersPerSwarm(),
                "--sources=" + Comparison.POPULATION.sources(),
                "--warmup=" + effort.warmupSeconds(),
                "--duration=" + effort.seconds(),
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

  private Read filled(List<String> pin, Population population)
      throws IOException, InterruptedException {
    int metricsPort = RunningTracker.freePort();
    RunningTracker tracker =
        launcher.start(
            TrackerKind.TRAKX, pin, population, List.of("metrics.listen=127.0.0.1:" + metricsPort));
    try {
      List<String> arguments =
          List.of(
              "fill",
              tracker.url(true),
              "--swarms=" + population.swarms(),
              "--peers-per-swarm=" + population.peersPerSwarm(),
              "--sources=" + population.sources());
      var _ = generator.run(Machine.on(machine.loadCore()), arguments);
      return new Read(tracker, metricsPort);
    } catch (IOException | InterruptedException | RuntimeException e) {
      tracker.close();
      throw e;
    }
  }
}
