package io.trakx.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
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
    Requests requests =
        new Requests.AtRandom(
            plan.population(),
            plan.choice(),
            plan.mix(),
            new SplittableRandom(plan.seed()),
            ownSource);
    return run(requests, plan.pace(), plan.warmup(), plan.duration(), plan.mostRequests());
  }

  /**
   * Announces every peer of the population once.
   *
   * @throws IllegalStateException if the tracker did not take them all
   */
  LoadReport fill() throws IOException {
    Requests.EachPeerOnce requests =
        new Requests.EachPeerOnce(plan.population(), plan.connections());
    LoadReport report =
        run(requests, Pace.closedLoop(), Duration.ZERO, LONGEST_FILL, Long.MAX_VALUE);
    if (requests.done() < plan.population().peers()) {
      throw new IllegalStateException(
          "only " + requests.done() + " of " + plan.population().peers() + " peers were taken");
    }
    return report;
  }

  private LoadReport run(
      Requests requests, Pace pace, Duration warmup, Duration duration, long mostRequests)
      throws IOException {
    Tally tally = new Tally();
    Slots slots = new Slots(plan.connections());
    try (Linux linux = new Linux();
        Poller poller = new Poller(linux)) {
      LoadLoop loop = new LoadLoop(slots, poller, requests, pace, tally, plan.timeout(), nanoClock);
      try (Transport transport = transport(linux, poller, slots, loop)) {
        if (!warmup.isZero()) {
          loop.run(transport, warmup, Long.MAX_VALUE);
        }
        ProcessUsage self = new ProcessUsage(ProcessHandle.current().pid());
        ProcessUsage server = plan.serverPid() == 0 ? null : new ProcessUsage(plan.serverPid());
        ProcessUsage.Cpu selfBefore = self.cpu();
        ProcessUsage.Cpu serverBefore = server == null ? null : server.cpu();
        long nanos = loop.run(transport, duration, mostRequests);
        ProcessUsage.Cpu serverUsed =
            server == null || serverBefore == null ? null : server.cpu().minus(serverBefore);
        ProcessUsage.Cpu selfUsed = self.cpu().minus(selfBefore);
        ProcessUsage.Memory memory = server == null ? null : server.memory();
        return report(tally, nanos, selfUsed, serverUsed, memory);
      }
    }
  }

  private Transport transport(Linux linux, Poller poller, Slots slots, LoadLoop loop) {
    Target target = plan.target();
    return target.udp()
        ? new UdpTransport(linux, poller, plan.population(), slots, target, plan.numwant(), loop)
        : new HttpTransport(
            linux,
            poller,
            plan.population(),
            slots,
            target,
            plan.numwant(),
            plan.keepAlive(),
            loop);
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
