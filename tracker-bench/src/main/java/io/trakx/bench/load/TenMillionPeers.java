package io.trakx.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * Fills this tracker with ten million peers over UDP: what they cost in memory, and what they make
 * an announce cost.
 *
 * <p>Two fills. For memory the peers come from 2.5 million addresses, since addresses are counted;
 * for cost from the 64 that the load then announces from, and the same load goes to a tracker with
 * ten thousand peers first.
 */
final class TenMillionPeers {
  private static final int SWARMS = 500_000;
  private static final int PEERS_PER_SWARM = 20;
  private static final int MANY_SOURCES = 2_500_000;
  private static final int LOAD_SOURCES = 64;
  private static final int FEW_SWARMS = 500;

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
    Population many = new Population(SWARMS, PEERS_PER_SWARM, LOAD_SOURCES);
    double before = cpuMicros(few);
    double after = cpuMicros(many);
    progress.printf(
        "UDP announce: %.2f µs with %,d peers, %.2f µs with %,d%n",
        before, few.peers(), after, many.peers());
    results.add(
        Row.absolute(
            "UDP announce, 10 million peers",
            "server CPU per announce against that at 10,000 peers",
            after / before,
            Row.Bar.atMost(2),
            Row.Bar.atMost(1.4)));
  }

  private Row memory() throws IOException, InterruptedException {
    Population population = new Population(SWARMS, PEERS_PER_SWARM, MANY_SOURCES);
    try (RunningTracker tracker = start(population)) {
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

  private double cpuMicros(Population population) throws IOException, InterruptedException {
    try (RunningTracker tracker = start(population)) {
      fill(tracker, population);
      return Results.cpuMicros(
          generator.run(
              Machine.on(machine.loadCore()),
              List.of(
                  "run",
                  tracker.url(true),
                  "--swarms=" + population.swarms(),
                  "--peers-per-swarm=" + population.peersPerSwarm(),
                  "--sources=" + population.sources(),
                  "--warmup=" + effort.firstWarmupSeconds(),
                  "--duration=" + effort.seconds(),
                  "--server-pid=" + tracker.process().pid())));
    }
  }

  private RunningTracker start(Population population) throws IOException, InterruptedException {
    return launcher.start(TrackerKind.TRAKX, Machine.on(machine.serverCore()), population);
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
