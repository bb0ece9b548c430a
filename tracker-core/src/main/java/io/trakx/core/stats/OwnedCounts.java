package io.trakx.core.stats;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts that one thread adds to and any thread reads.
 *
 * <p>Having one writer, an addition is a plain load and an opaque store: no locked instruction, no
 * barrier. Opaque keeps a value whole and makes it seen at some time; readers may miss the latest
 * additions, and may see those of one count before earlier ones of another.
 */
final class OwnedCounts {
  private final AtomicLongArray counts;

  OwnedCounts(int size) {
    counts = new AtomicLongArray(size);
  }

  /** Adds one; for the owner only. */
  void increment(int index) {
    add(index, 1);
  }

  /** Adds {@code amount}, which is 0 or more; for the owner only. */
  void add(int index, long amount) {
    counts.setOpaque(index, counts.getPlain(index) + amount);
  }

  /** What was counted so far. */
  long get(int index) {
    return counts.getOpaque(index);
  }
}
