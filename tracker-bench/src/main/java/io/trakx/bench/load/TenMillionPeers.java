package io.trakx.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Fills this tracker with ten million peers over UDP: what they cost in memory, what they make an
 * announce cost, and what it costs those who announce that a sweep looks through them.
 *
 * <p>For memory each peer comes from an address of its own, since addresses are counted; for the
 * rest from the 64 that the load then announces from. The same load goes to a tracker with ten
 * thousand peers for comparison, and at a fixed rate in turn to one that does not sweep and one
 * that begins a sweep a second after each. Of the two the one whose turn it is not is stopped, so
 * that its sweeps take nothing of the core that they share.
 *
 * <p>The sweeps have something to remove, too: other swarms, whose peers announced once, spread
 * over as much time as the turns take. Trackers count in minutes, so those of a minute go all in
 * one sweep, which falls into the middle of what is measured:
 *
 * <pre>
 * other peers announce | the ten million announce | minute by minute the others go |
 * |----- turns' time --|                          |------ turns, one a minute -----|
 * |-------------------- peers.timeout ------------|
 * </pre>
 */
final class TenMillionPeers {
  private static final int SWARMS = 500_000;
  private static final int PEERS_PER_SWARM = 20;
  private static final int MANY_SOURCES = SWARMS * PEERS_PER_SWARM;
  private static final int LOAD_SOURCES = 64;
  private static final int FEW_SWARMS = 500;

  /** Behind the swarms of the ten million; nobody hears of their peers again. */
  private static final int OTHER_SWARMS = 60_000;

  /** What two turns take and the waiting for the second; with the first ones, a minute more. */
  private static final long ROUND_SECONDS = 60;

  /** The least that the configuration takes, with the intervals below. */
  private static final long LEAST_TIMEOUT_MINUTES = 6;

  private static final List<String> SHORT_INTERVALS =
      List.of("announce.interval=5m", "announce.min_interval=5m", "announce.jitter=0s");

  /** Until its code is compiled. */
  private static final int WARMUP_SECONDS = 40;

  /** From one flush to the database to the next, so that each turn has one in it. */
  private static final int FLUSH_SECONDS = 30;

  /** From starting the generator to its first request. */
  private static final double GENERATOR_START_SECONDS = 1;

  /** Longer than the measurement takes. */
  private static final List<String> NO_SWEEP =
      List.of("peers.sweep_interval=1h", "peers.timeout=12h");

  /** The collector comes round every half a minute and frees what it found in its second round. */
  private static final int SETTLING_SECONDS = 90;

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
    try (RunningTracker tracker = start(few, NO_SWEEP)) {
      fill(tracker, few);
      before = unbounded(tracker, few);
    }
    Population many = new Population(SWARMS, PEERS_PER_SWARM, LOAD_SOURCES);
    try (RunningTracker resting = start(many, NO_SWEEP)) {
      long begun = System.nanoTime();
      fill(resting, many);
      long fillNanos = System.nanoTime() - begun;
      LoadReport after = unbounded(resting, many);
      results.add(growth(Results.cpuMicros(before), Results.cpuMicros(after)));
      results.add(sweep(resting, many, fillNanos, Math.floor(after.perSecond() / 2)));
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

  private Row sweep(RunningTracker resting, Population many, long fillNanos, double rate)
      throws IOException, InterruptedException {
    long turnsSeconds = (effort.rounds() + 1) * ROUND_SECONDS;
    long timeoutMinutes =
        Math.max(
            LEAST_TIMEOUT_MINUTES,
            Math.ceilDiv(turnsSeconds + TimeUnit.NANOSECONDS.toSeconds(fillNanos), 60));
    List<String> settings = new ArrayList<>(SHORT_INTERVALS);
    settings.add("peers.sweep_interval=1s");
    settings.add("peers.timeout=" + timeoutMinutes + "m");
    resting.pause();
    try (RunningTracker sweeping = start(many, settings)) {
      fillOthers(sweeping, turnsSeconds);
      fill(sweeping, many);
      awaitUptime(sweeping, timeoutMinutes * 60.0);
      return sweepTurns(resting, sweeping, many, rate);
    } finally {
      resting.resume();
    }
  }

  private Row sweepTurns(
      RunningTracker resting, RunningTracker sweeping, Population population, double rate)
      throws IOException, InterruptedException {
    Samples without = new Samples();
    Samples with = new Samples();
    for (int round = 0; round < effort.rounds(); round++) {
      int warmup = round == 0 ? effort.firstWarmupSeconds() : effort.warmupSeconds();
      sweeping.pause();
      resting.resume();
      without.add(load(resting, population, rate, warmup, effort.seconds()));
      resting.pause();
      sweeping.resume();
      // Until the minute turns in the middle of what is measured, and with it peers go.
      double lead = GENERATOR_START_SECONDS + warmup + effort.seconds() / 2.0;
      double minutes = Math.ceil((sweeping.uptimeSeconds() + lead) / 60);
      awaitUptime(sweeping, minutes * 60 - lead);
      with.add(load(sweeping, population, rate, warmup, effort.seconds()));
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

  private static void awaitUptime(RunningTracker tracker, double seconds)
      throws InterruptedException {
    double left = seconds - tracker.uptimeSeconds();
    Thread.sleep(Math.max(0, (long) (left * 1000)));
  }

  private Row memory() throws IOException, InterruptedException {
    Population population = new Population(SWARMS, PEERS_PER_SWARM, MANY_SOURCES);
    try (RunningTracker tracker = start(population, NO_SWEEP)) {
      long empty = tracker.usage().memory().proportionalBytes();
      progress.printf(
          "filling with %,d peers of %,d addresses%n", population.peers(), MANY_SOURCES);
      fill(tracker, population);
      long filled = tracker.usage().memory().proportionalBytes();
      Thread.sleep(TimeUnit.SECONDS.toMillis(SETTLING_SECONDS));
      long full = tracker.usage().memory().proportionalBytes();
      progress.printf(
          Locale.ROOT,
          "memory (PSS): %,d MB empty, %,d MB just filled, %,d MB after %d s of rest%n",
          empty / 1_000_000,
          filled / 1_000_000,
          full / 1_000_000,
          SETTLING_SECONDS);
      return Row.absolute(
          "10 million IPv4 peers in 500,000 swarms",
          "memory (PSS) above the empty server's per peer, at rest, B",
          (double) (full - empty) / population.peers(),
          Row.Bar.atMost(64),
          Row.Bar.atMost(40));
    }
  }

  private LoadReport unbounded(RunningTracker tracker, Population population)
      throws IOException, InterruptedException {
    int seconds = Math.max(FLUSH_SECONDS, effort.seconds());
    return load(tracker, population, 0, WARMUP_SECONDS, seconds);
  }

  private LoadReport load(
      RunningTracker tracker, Population population, double rate, int warmupSeconds, int seconds)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                tracker.url(true),
                "--swarms=" + population.swarms(),
                "--peers-per-swarm=" + population.peersPerSwarm(),
                "--sources=" + population.sources(),
                "--warmup=" + warmupSeconds,
                "--duration=" + seconds,
                "--server-pid=" + tracker.process().pid()));
    return generator.run(Machine.on(machine.loadCore()), arguments, rate);
  }

  private RunningTracker start(Population population, List<String> settings)
      throws IOException, InterruptedException {
    return launcher.start(
        TrackerKind.TRAKX, Machine.on(machine.serverCore()), population, settings);
  }

  private void fill(RunningTracker tracker, Population population)
      throws IOException, InterruptedException {
    fill(tracker, population, List.of(), 0);
  }

  private void fillOthers(RunningTracker tracker, long seconds)
      throws IOException, InterruptedException {
    Population all = new Population(SWARMS + OTHER_SWARMS, PEERS_PER_SWARM, LOAD_SOURCES);
    double rate = (double) OTHER_SWARMS * PEERS_PER_SWARM / seconds;
    fill(tracker, all, List.of("--first-swarm=" + SWARMS), rate);
  }

  private void fill(
      RunningTracker tracker, Population population, List<String> further, double rate)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "fill",
                tracker.url(true),
                "--swarms=" + population.swarms(),
                "--peers-per-swarm=" + population.peersPerSwarm(),
                "--sources=" + population.sources()));
    arguments.addAll(further);
    generator.run(Machine.on(machine.loadCore()), arguments, rate);
  }
}
