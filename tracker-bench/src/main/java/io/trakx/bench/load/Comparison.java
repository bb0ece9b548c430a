package io.trakx.bench.load;

import com.google.errorprone.annotations.FormatMethod;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs both trackers under each load in turn, A B A B, so that what changes on the machine
 * meanwhile hits both.
 *
 * <p>Both live through the whole of it and hold the same peers; the one that is not asked costs
 * nothing. Each load is first run without measuring for a while, longest after the start of a
 * tracker whose code is compiled while it runs. Its first three or four writes to the database, one
 * every half a minute, have more compiled; a comparison for the record begins when they are over.
 */
final class Comparison {
  /** Ten thousand swarms, and in each more peers than the 50 that are asked for. */
  static final Population POPULATION = new Population(10_000, 80, 64);

  /** A fixed rate is this part of what the slower tracker can do. */
  private static final double PART_OF_MAXIMUM = 0.5;

  private final Launcher launcher;
  private final Generator generator;
  private final Machine machine;
  private final Effort effort;
  private final PrintStream progress;
  private final Results results;

  Comparison(
      Launcher launcher,
      Generator generator,
      Machine machine,
      Effort effort,
      PrintStream progress,
      Results results) {
    this.launcher = launcher;
    this.generator = generator;
    this.machine = machine;
    this.effort = effort;
    this.progress = progress;
    this.results = results;
  }

  /**
   * How long to measure.
   *
   * @param rounds turns of each tracker
   * @param startWarmupSeconds before the first turn after a start, of a tracker that is compiled as
   *     it runs
   * @param firstWarmupSeconds before the first turn of any other load, of such a tracker
   * @param warmupSeconds before other turns
   * @param sharedWarmupSeconds the same where tracker and generator share all cores; the generator
   *     is a new process each turn, and what compiling itself takes is missing there
   * @param seconds measured a turn
   */
  record Effort(
      int rounds,
      int startWarmupSeconds,
      int firstWarmupSeconds,
      int warmupSeconds,
      int sharedWarmupSeconds,
      int seconds) {
    static final Effort QUICK = new Effort(2, 30, 6, 1, 3, 4);
    static final Effort FULL = new Effort(5, 120, 20, 3, 10, 10);

    int warmupSeconds(Workload workload) {
      return workload.sharesCores() ? sharedWarmupSeconds : warmupSeconds;
    }
  }

  void run() throws IOException, InterruptedException {
    withBoth(
        Machine.on(machine.serverCore()),
        trackers -> {
          List<String> pin = Machine.on(machine.loadCore());
          inTurn(Workload.HTTP_CLOSE, trackers, pin, 0, effort.startWarmupSeconds());
          inTurn(Workload.HTTP_KEEP_ALIVE, trackers, pin, 0, effort.firstWarmupSeconds());
          inTurn(Workload.UDP, trackers, pin, 0, effort.firstWarmupSeconds());
          int warmup = effort.firstWarmupSeconds();
          inTurn(Workload.HTTP_CLOSE_FIXED_RATE, trackers, pin, rate(Workload.HTTP_CLOSE), warmup);
          inTurn(Workload.UDP_FIXED_RATE, trackers, pin, rate(Workload.UDP), warmup);
        });
    int warmup = effort.startWarmupSeconds();
    withBoth(
        List.of(),
        trackers -> inTurn(Workload.HTTP_CLOSE_ALL_CORES, trackers, List.of(), 0, warmup));
  }

  private double rate(Workload workload) {
    double ours = results.of(workload, TrackerKind.TRAKX).median(LoadReport::perSecond);
    double theirs = results.of(workload, TrackerKind.OPENTRACKER).median(LoadReport::perSecond);
    return Math.floor(PART_OF_MAXIMUM * Math.min(ours, theirs));
  }

  /** Something to do with running trackers. */
  private interface Action {
    void run(Map<TrackerKind, RunningTracker> trackers) throws IOException, InterruptedException;
  }

  private void withBoth(List<String> serverPin, Action action)
      throws IOException, InterruptedException {
    try (RunningTracker ours = launcher.start(TrackerKind.TRAKX, serverPin, POPULATION);
        RunningTracker theirs = launcher.start(TrackerKind.OPENTRACKER, serverPin, POPULATION)) {
      Map<TrackerKind, RunningTracker> trackers = new EnumMap<>(TrackerKind.class);
      for (RunningTracker tracker : List.of(ours, theirs)) {
        say("filling %s with %,d peers", tracker.kind().label(), POPULATION.peers());
        List<String> arguments = new ArrayList<>(List.of("fill", tracker.url(true)));
        arguments.addAll(tracker.kind().loadOptions());
        generator.run(Machine.on(machine.loadCore()), arguments);
        trackers.put(tracker.kind(), tracker);
      }
      action.run(trackers);
    }
  }

  private void inTurn(
      Workload workload,
      Map<TrackerKind, RunningTracker> trackers,
      List<String> pin,
      double rate,
      int firstWarmupSeconds)
      throws IOException, InterruptedException {
    for (int round = 0; round < effort.rounds(); round++) {
      for (Map.Entry<TrackerKind, RunningTracker> tracker : trackers.entrySet()) {
        if (workload.runsOn(tracker.getKey())) {
          boolean cold = round == 0 && tracker.getKey().compiledAsItRuns();
          int warmup = cold ? firstWarmupSeconds : effort.warmupSeconds(workload);
          LoadReport report = load(workload, tracker.getValue(), pin, rate, warmup);
          results.add(workload, tracker.getKey(), report);
          say(
              "%s, %s: %,.0f a second, %.2f µs server CPU, %,.0f µs p99, %d errors",
              tracker.getKey().label(),
              workload.label(),
              report.perSecond(),
              Results.cpuMicros(report),
              report.latencyMicros().p99(),
              report.errorCount());
        }
      }
    }
  }

  private LoadReport load(
      Workload workload, RunningTracker tracker, List<String> pin, double rate, int warmup)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add("run");
    arguments.add(tracker.url(workload.udp()));
    arguments.addAll(workload.options());
    arguments.addAll(tracker.kind().loadOptions());
    arguments.add("--warmup=" + warmup);
    arguments.add("--duration=" + effort.seconds());
    arguments.add("--server-pid=" + tracker.process().pid());
    return generator.run(pin, arguments, rate);
  }

  @FormatMethod
  private void say(String format, Object... arguments) {
    progress.printf(Locale.ROOT, format + "%n", arguments);
  }
}
