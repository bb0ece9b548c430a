package io.trakx.core.stats;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The values of all {@link TrackerCounter}s, and what event loops count of requests. Thread-safe;
 * adding neither blocks nor allocates once every thread has its cell.
 */
public final class Counters {
  private final LongAdder[] adders = new LongAdder[TrackerCounter.values().length];
  private final RequestStats requests;

  public Counters() {
    this(System::nanoTime);
  }

  /**
   * @param nanoClock times requests
   */
  public Counters(LongSupplier nanoClock) {
    for (int i = 0; i < adders.length; i++) {
      adders[i] = new LongAdder();
    }
    requests = new RequestStats(nanoClock);
  }

  /** Counts one. */
  public void increment(TrackerCounter counter) {
    adder(counter).increment();
  }

  /** Counts {@code amount}, which is 0 or more. */
  public void add(TrackerCounter counter, long amount) {
    adder(counter).add(amount);
  }

  /** What was counted so far; increments under way may be missing. */
  public long get(TrackerCounter counter) {
    return adder(counter).sum();
  }

  /** What was counted by kind of request. */
  public RequestStats requests() {
    return requests;
  }

  @SuppressWarnings("EnumOrdinal") // an EnumMap would cost a type check a count, and gain nothing
  private LongAdder adder(TrackerCounter counter) {
    return adders[counter.ordinal()];
  }
}
