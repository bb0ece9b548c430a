package io.trakx.core;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The rests of a long task that must leave the processor to those who serve: called between its
 * parts, it waits so long that the task works no more than a share of the time. A thread that is
 * waiting for the processor would otherwise be kept from it for a whole slice of the scheduler's,
 * some milliseconds.
 *
 * <p>For one run of one task, on its thread.
 */
public final class DutyCycle implements Runnable {
  /** Work that is not worth a rest yet; to wait takes about as long to begin and end. */
  public static final long LEAST_WORK_NANOS = 50_000;

  /** Longer than any part: the rest of it the task did not have the processor. */
  public static final long MOST_WORK_NANOS = 1_000_000;

  private final double restPerWork;
  private final LongSupplier nanoClock;
  private final LongConsumer pauseNanos;
  private long workingSinceNanos;

  /**
   * @param share of the time that the task works, above 0, at most 1
   * @param pauseNanos waits for so many nanoseconds, or less
   */
  public DutyCycle(double share, LongSupplier nanoClock, LongConsumer pauseNanos) {
    this.restPerWork = 1 / share - 1;
    this.nanoClock = nanoClock;
    this.pauseNanos = pauseNanos;
    this.workingSinceNanos = nanoClock.getAsLong();
  }

  @Override
  public void run() {
    long worked = nanoClock.getAsLong() - workingSinceNanos;
    if (worked >= LEAST_WORK_NANOS) {
      pauseNanos.accept((long) (Math.min(worked, MOST_WORK_NANOS) * restPerWork));
      workingSinceNanos = nanoClock.getAsLong();
    }
  }
}
