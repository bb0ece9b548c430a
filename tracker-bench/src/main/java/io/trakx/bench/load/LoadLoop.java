package io.trakx.bench.load;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The loop: sends what is due, hears what came back, gives up on what did not.
 *
 * <p>One thread, which blocks only while nothing is due.
 */
final class LoadLoop implements Transport.Listener {
  private static final long MILLI = 1_000_000;
  private static final int IDLE_MILLIS = 10;

  /** Below this long before the next due time the loop spins: epoll cannot wait so short. */
  private static final long SPIN_NANOS = 2 * MILLI;

  private final Slots slots;
  private final Events events;
  private final Requests requests;
  private final Pace pace;
  private final Tally tally;
  private final LongSupplier nanoClock;
  private final long timeoutNanos;

  LoadLoop(
      Slots slots,
      Events events,
      Requests requests,
      Pace pace,
      Tally tally,
      Duration timeout,
      LongSupplier nanoClock) {
    this.slots = slots;
    this.events = events;
    this.requests = requests;
    this.pace = pace;
    this.tally = tally;
    this.nanoClock = nanoClock;
    timeoutNanos = timeout.toNanos();
  }

  /**
   * Runs until the time is over, so many requests have finished, or there are no more.
   *
   * @return how long it ran, in nanoseconds
   */
  long run(Transport transport, Duration limit, long mostRequests) {
    long start = nanoClock.getAsLong();
    long end = start + limit.toNanos();
    long nextScan = start + IDLE_MILLIS * MILLI;
    pace.start(start);
    tally.reset();
    long now = start;
    while (now - end < 0 && tally.finished() < mostRequests && !slots.allRetired()) {
      sendDue(transport, now);
      int ready = events.await(waitMillis(now));
      for (int event = 0; event < ready; event++) {
        transport.ready((int) events.tag(event), events.writable(event));
      }
      now = nanoClock.getAsLong();
      if (now - nextScan >= 0) {
        abandonOverdue(transport, now);
        nextScan = now + IDLE_MILLIS * MILLI;
      }
    }
    return now - start;
  }

  private void sendDue(Transport transport, long now) {
    while (slots.anyFree() && pace.untilDue(now) <= 0) {
      int slot = slots.take();
      if (requests.next(slots, slot)) {
        long intended = pace.take(nanoClock.getAsLong());
        slots.begin(slot, intended, now + timeoutNanos);
        transport.send(slot, now);
      } else {
        slots.retire();
      }
    }
  }

  private int waitMillis(long now) {
    if (!slots.anyFree()) {
      return IDLE_MILLIS;
    }
    long untilDue = pace.untilDue(now);
    return untilDue < SPIN_NANOS ? 0 : (int) Math.min(IDLE_MILLIS, untilDue / MILLI - 1);
  }

  private void abandonOverdue(Transport transport, long now) {
    for (int slot = 0; slot < slots.count(); slot++) {
      if (slots.isOverdue(slot, now)) {
        transport.abandon(slot);
        finished(slot, Verdict.TIMED_OUT, 0);
      }
    }
  }

  @Override
  public void finished(int slot, Verdict verdict, int peers) {
    long nanos = nanoClock.getAsLong() - slots.intendedNanos(slot);
    tally.add(verdict, slots.kind(slot), nanos, peers);
    requests.finished(slots, slot, verdict);
    slots.release(slot);
  }
}
