package io.trakx.bench.load;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.function.LongSupplier;

/** One thread of a load, with sockets of its own: warms up, waits for the others, measures. */
final class LoadThread implements Callable<Long> {
  private final LoadPlan plan;
  private final Slots slots;
  private final Requests requests;
  private final Duration warmup;
  private final Duration duration;
  private final CyclicBarrier warm;
  private final LongSupplier nanoClock;
  private final Tally tally = new Tally();

  /**
   * @param warm where the threads meet before they measure
   */
  LoadThread(
      LoadPlan plan,
      int connections,
      Requests requests,
      Duration warmup,
      Duration duration,
      CyclicBarrier warm,
      LongSupplier nanoClock) {
    this.plan = plan;
    this.slots = new Slots(connections);
    this.requests = requests;
    this.warmup = warmup;
    this.duration = duration;
    this.warm = warm;
    this.nanoClock = nanoClock;
  }

  /** What was counted; for one thread at a time. */
  Tally tally() {
    return tally;
  }

  /** Runs the load, and tells how long was measured, in nanoseconds. */
  @Override
  public Long call() throws Exception {
    try (Linux linux = new Linux();
        Poller poller = new Poller(linux)) {
      LoadLoop loop =
          new LoadLoop(slots, poller, requests, plan.pace(), tally, plan.timeout(), nanoClock);
      try (Transport transport = transport(linux, poller, loop)) {
        if (!warmup.isZero()) {
          loop.run(transport, warmup, Long.MAX_VALUE);
        }
        warm.await();
        return loop.run(transport, duration, plan.mostRequests() / plan.threads());
      }
    } catch (Exception e) {
      // The others need not wait.
      warm.reset();
      throw e;
    }
  }

  private Transport transport(Linux linux, Poller poller, LoadLoop loop) {
    Target target = plan.target();
    PeerCheck check = new PeerCheck(plan.population(), plan.numwant(), plan.askerMayBeGiven());
    return target.udp()
        ? new UdpTransport(
            linux, poller, plan.population(), slots, target, plan.numwant(), check, loop)
        : new HttpTransport(
            linux,
            poller,
            plan.population(),
            slots,
            target,
            plan.numwant(),
            plan.keepAlive(),
            check,
            loop);
  }
}
