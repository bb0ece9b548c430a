package io.trakx.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Fills this tracker with ten million peers over UDP: what they cost in memory, what they make an
 * announce cost, and what it costs those who announce that a sweep looks through them.
 *
 * <p>For memory the peers come from 2.5 million addresses, since addresses are counted; for the
 * rest from the 64 that the load then announces from. The same load goes to a tracker with ten
 * thousand peers for comparison, and at a fixed rate in turn to one that does not sweep meanwhile
 * and one that begins a sweep a second after each.
 */
final class TenMillionPeers {
  private static final int SWARMS = 500_000;
  private static final int PEERS_PER_SWARM = 20;
  private static final int MANY_SOURCES = 2_500_000;
  private static final int LOAD_SOURCES = 64;
  private static final int FEW_SWARMS = 500;

  /** Longer than the measurement takes. */
  private static final String NO_SWEEP = "1h";

  private static final String ALWAYS_SWEEP = "1s";

  private final Launcher launcher;
  private final Generator generator;
  private final Machine machine;
  private final Comparison.Effort effort;
  private final PrintStream progress;

  TenMillionPeers(
      Launcher launcher,
      Generator generator,
      Machine machine,
      Comparison.Effort effort,
      PrintStream progress) {
    this.launcher = launcher;
    this.generator = generator;
    this.machine = machine;
    this.effort = effort;
    this.progress = progress;
  }

  void run(Results results) throws IOException, InterruptedException {
    results.add(memory());
    Population few = new Population(FEW_SWARMS, PEERS_PER_SWARM, LOAD_SOURCES);
    LoadReport before;
    try (RunningTracker tracker = filled(few, NO_SWEEP)) {
      before = load(tracker, few, 0);
    }
    Population many = new Population(SWARMS, PEERS_PER_SWARM, LOAD_SOURCES);
    try (RunningTracker resting = filled(many, NO_SWEEP);
        RunningTracker sweeping = filled(many, ALWAYS_SWEEP)) {
      LoadReport after = load(resting, many, 0);
      results.add(growth(Results.cpuMicros(before), Results.cpuMicros(after)));
      results.add(sweep(resting, sweeping, many, Math.floor(after.perSecond() / 2)));
    }
  }

  private Row growth(double before, double after) {
    progress.printf(
        Locale.ROOT,
        "UDP announce: %.2f µs with ten thousand peers, %.2f µs with ten million%n",
        before,
        after);
    return Row.absolute(
        "UDP announce, 10 million peers",
        "server CPU per announce against that at 10,000 peers",
        after / before,
        Row.Bar.atMost(2),
        Row.Bar.atMost(1.4));
  }

  private Row sweep(
      RunningTracker resting, RunningTracker sweeping, Population population, double rate)
      throws IOException, InterruptedException {
    Samples without = new Samples();
    Samples with = new Samples();
    for (int round = 0; round < effort.rounds(); round++) {
      without.add(load(resting, population, rate));
      with.add(load(sweeping, population, rate));
    }
    double before = without.median(report -> report.latencyMicros().p999());
    double after = with.median(report -> report.latencyMicros().p999());
    progress.printf(
        Locale.ROOT,
        "UDP, %,.0f a second: p99.9 %.0f µs without a sweep, %.0f µs with one%n",
        rate,
        before,
        after);
    return Row.absolute(
        "UDP, fixed rate, 10 million peers",
        "p99.9 during sweeps against that without",
        after / before,
        Row.Bar.atMost(2),
        Row.Bar.atMost(1.2));
  }

  private Row memory() throws IOException, InterruptedException {
    Population population = new Population(SWARMS, PEERS_PER_SWARM, MANY_SOURCES);
    try (RunningTracker tracker = start(population, NO_SWEEP)) {
      long empty = tracker.usage().memory().proportionalBytes();
      progress.printf(
          "filling with %,d peers of %,d addresses%n", population.peers(), MANY_SOURCES);
      fill(tracker, population);
      long full = tracker.usage().memory().proportionalBytes();
      return Row.absolute(
          "10 million IPv4 peers in 500,000 swarms",
          "memory (PSS) above the empty server's per peer, B",
          (double) (full - empty) / population.peers(),
          Row.Bar.atMost(64),
          Row.Bar.atMost(40));
    }
  }

  private RunningTracker filled(Population population, String sweepInterval)
      throws IOException, InterruptedException {
    RunningTracker tracker = start(population, sweepInterval);
    try {
      fill(tracker, population);
      return tracker;
    } catch (IOException | InterruptedException | RuntimeException e) {
      tracker.close();
      throw e;
    }
  }

  private LoadReport load(RunningTracker tracker, Population population, double rate)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                tracker.url(true),
                "--swarms=" + population.swarms(),
                "--peers-per-swarm=" + population.peersPerSwarm(),
                "--sources=" + population.sources(),
                "--warmup=" + effort.firstWarmupSeconds(),
                "--duration=" + effort.seconds(),
                "--server-pid=" + tracker.process().pid()));
    if (rate > 0) {
      arguments.add("--rate=" + rate);
    }
    return generator.run(Machine.on(machine.loadCore()), arguments);
  }

  private RunningTracker start(Population population, String sweepInterval)
      throws IOException, InterruptedException {
    return launcher.start(
        TrackerKind.TRAKX,
        Machine.on(machine.serverCore()),
        population,
        List.of("peers.sweep_interval=" + sweepInterval));
  }

  private void fill(RunningTracker tracker, Population population)
      throws IOException, InterruptedException {
    generator.run(
        Machine.on(machine.loadCore()),
        List.of(
            "fill",
            tracker.url(true),
            "--swarms=" + population.swarms(),
            "--peers-per-swarm=" + population.peersPerSwarm(),
            "--sources=" + population.sources()));
  }
}
