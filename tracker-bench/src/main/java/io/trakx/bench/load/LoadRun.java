package io.trakx.bench.load;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Puts a generator together for a plan, and runs it. */
final class LoadRun {
  private static final Duration LONGEST_FILL = Duration.ofHours(1);

  private final LoadPlan plan;
  private final LongSupplier nanoClock;

  LoadRun(LoadPlan plan, LongSupplier nanoClock) {
    this.plan = plan;
    this.nanoClock = nanoClock;
  }

  /** Warms up, then measures. */
  LoadReport measure() throws IOException {
    boolean ownSource = plan.target().udp() || plan.keepAlive();
    List<Requests> requests = new ArrayList<>();
    for (int thread = 0; thread < plan.threads(); thread++) {
      requests.add(
          new Requests.AtRandom(
              plan.population(),
              plan.choice(),
              plan.mix(),
              new SplittableRandom(plan.seed() + thread),
              ownSource));
    }
    return run(requests, plan.warmup(), plan.duration());
  }

  /**
   * Announces every peer of the population once, in one thread.
   *
   * @param firstSwarm the peers of those before it are left out
   * @throws IllegalStateException if the tracker did not take them all
   */
  LoadReport fill(int firstSwarm) throws IOException {
    long firstPeer = (long) firstSwarm * plan.population().peersPerSwarm();
    Requests.EachPeerOnce requests =
        new Requests.EachPeerOnce(plan.population(), firstPeer, plan.connections());
    LoadReport report = run(List.of(requests), Duration.ZERO, LONGEST_FILL);
    long expected = plan.population().peers() - firstPeer;
    if (requests.done() < expected) {
      throw new IllegalStateException(
          "only " + requests.done() + " of " + expected + " peers were taken");
    }
    return report;
  }

  private LoadReport run(List<? extends Requests> requests, Duration warmup, Duration duration)
      throws IOException {
    CpuMeter self = new CpuMeter(new ProcessUsage(ProcessHandle.current().pid()));
    ProcessUsage serverUsage = plan.serverPid() == 0 ? null : new ProcessUsage(plan.serverPid());
    CpuMeter server = serverUsage == null ? null : new CpuMeter(serverUsage);
    CyclicBarrier warm =
        new CyclicBarrier(
            requests.size(),
            () -> {
              self.start();
              if (server != null) {
                server.start();
              }
            });
    List<LoadThread> threads = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      threads.add(
          new LoadThread(
              plan, plan.connectionsOf(i), requests.get(i), warmup, duration, warm, nanoClock));
    }
    long nanos = runAll(threads);
    ProcessUsage.Cpu serverUsed = server == null ? null : server.used();
    ProcessUsage.Cpu selfUsed = self.used();
    Tally tally = new Tally();
    threads.forEach(thread -> tally.add(thread.tally()));
    ProcessUsage.Memory memory = serverUsage == null ? null : serverUsage.memory();
    return report(tally, nanos, selfUsed, serverUsed, memory);
  }

  /** Runs all threads, and tells how long the longest measured. */
  private static long runAll(List<LoadThread> threads) throws IOException {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads.size())) {
      List<Future<Long>> runs = threads.stream().map(executor::submit).toList();
      long nanos = 0;
      for (Future<Long> run : runs) {
        nanos = Math.max(nanos, run.get());
      }
      return nanos;
    } catch (ExecutionException e) {
      throw new IOException("the load failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private LoadReport report(
      Tally tally,
      long nanos,
      ProcessUsage.Cpu self,
      ProcessUsage.@Nullable Cpu server,
      ProcessUsage.@Nullable Memory memory) {
    double answered = Math.max(1, tally.answered());
    return new LoadReport(
        plan.transport(),
        plan.target().host(),
        plan.connections(),
        plan.rate(),
        nanos / 1e9,
        tally.answered(),
        tally.answered() * 1e9 / nanos,
        tally.errors(),
        tally.peersPerAnnounce(),
        LoadReport.Latency.of(tally),
        server == null || memory == null
            ? null
            : new LoadReport.Server(
                server.userMicros() / answered,
                server.systemMicros() / answered,
                (server.userMicros() + server.systemMicros()) * 1e3 / nanos,
                memory.residentBytes(),
                memory.proportionalBytes()),
        (self.userMicros() + self.systemMicros()) / answered);
  }
}
