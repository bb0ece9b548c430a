package io.trakx.netty.transport;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Has an event loop that is woken again and again rest for a moment before it waits to be woken, so
 * that it finds more at once: what network cards do with their interrupts (interrupt coalescing).
 *
 * <p>Waking a thread costs nearly as much as an announce, and more where others have the core and
 * its caches meanwhile. A loop never rests that finds something each time it looks, so one that is
 * at its limit does not; nor does one that is seldom woken. In between, what comes in waits at most
 * {@link #REST} longer, and the kernel's timer slack of some 50 µs.
 *
 * <p>One for each loop; not thread-safe.
 */
final class WakeupCoalescing implements SelectStrategy {
  /** Some announces long where this pays, and nothing beside the way to any client. */
  static final Duration REST = Duration.ofNanos(200_000);

  private static final long REST_NANOS = REST.toNanos();

  private final LongSupplier nanoClock;
  private final LongConsumer rest;

  /** Whether the loop has waited since {@link #waitingSinceNanos}, and was not here again yet. */
  private boolean waited;

  private long waitingSinceNanos;
  private boolean resting;

  WakeupCoalescing() {
    this(System::nanoTime, LockSupport::parkNanos);
  }

  /**
   * @param nanoClock the time
   * @param rest lets the thread do nothing for so many nanoseconds, or less
   */
  WakeupCoalescing(LongSupplier nanoClock, LongConsumer rest) {
    this.nanoClock = nanoClock;
    this.rest = rest;
  }

  @Override
  public int calculateStrategy(IntSupplier lookForEvents, boolean hasTasks) throws Exception {
    if (waited) {
      waited = false;
      resting = nanoClock.getAsLong() - waitingSinceNanos < REST_NANOS;
    }
    int events = lookForEvents.get();
    if (events > 0 || hasTasks) {
      return events;
    }
    if (resting) {
      rest.accept(REST_NANOS);
      events = lookForEvents.get();
      if (events > 0) {
        return events;
      }
      resting = false;
    }
    waited = true;
    waitingSinceNanos = nanoClock.getAsLong();
    return SELECT;
  }
}
