package io.trakx.core.stats;

import java.util.concurrent.atomic.LongAdder;

/**
 * The values of all {@link TrackerCounter}s. Thread-safe; adding neither blocks nor allocates once
 * every thread has its cell.
 */
public final class Counters {
  private static final TrackerCounter[] ALL = TrackerCounter.values();

  private final LongAdder[] adders = new LongAdder[ALL.length];

  public Counters() {
    for (TrackerCounter counter : ALL) {
      adders[counter.ordinal()] = new LongAdder();
    }
  }

  /** Counts one. */
  public void increment(TrackerCounter counter) {
    adders[counter.ordinal()].increment();
  }

  /** Counts {@code amount}, which is 0 or more. */
  public void add(TrackerCounter counter, long amount) {
    adders[counter.ordinal()].add(amount);
  }

  /** What was counted so far; increments under way may be missing. */
  public long get(TrackerCounter counter) {
    return adders[counter.ordinal()].sum();
  }
}
