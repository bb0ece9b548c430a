package io.trakx.bench.load;

import java.util.Arrays;

/**
 * The requests in flight: a fixed number of slots, each free, holding one request, or retired
 * because there is nothing left for it.
 *
 * <p>Not thread-safe.
 */
final class Slots {
  /** A deadline of a slot that waits for nothing. */
  private static final long NEVER = Long.MAX_VALUE;

  private final long[] peers;
  private final RequestKind[] kinds;
  private final long[] intendedNanos;
  private final long[] deadlineNanos;
  private final int[] free;
  private int freeCount;
  private int retiredCount;

  Slots(int count) {
    peers = new long[count];
    kinds = new RequestKind[count];
    intendedNanos = new long[count];
    deadlineNanos = new long[count];
    free = new int[count];
    Arrays.fill(kinds, RequestKind.ANNOUNCE);
    Arrays.fill(deadlineNanos, NEVER);
    for (int slot = count - 1; slot >= 0; slot--) {
      free[freeCount++] = slot;
    }
  }

  int count() {
    return peers.length;
  }

  boolean anyFree() {
    return freeCount > 0;
  }

  /** Whether there is nothing left to do in any slot. */
  boolean allRetired() {
    return retiredCount == peers.length;
  }

  /** Takes a free slot. */
  int take() {
    return free[--freeCount];
  }

  /** Gives a slot back. */
  void release(int slot) {
    deadlineNanos[slot] = NEVER;
    free[freeCount++] = slot;
  }

  /** Takes a slot out of use for good, instead of releasing it. */
  void retire() {
    retiredCount++;
  }

  void choose(int slot, long peer, RequestKind kind) {
    peers[slot] = peer;
    kinds[slot] = kind;
  }

  void begin(int slot, long intended, long deadline) {
    intendedNanos[slot] = intended;
    deadlineNanos[slot] = deadline;
  }

  boolean isWaiting(int slot) {
    return deadlineNanos[slot] != NEVER;
  }

  boolean isOverdue(int slot, long nowNanos) {
    return isWaiting(slot) && nowNanos - deadlineNanos[slot] > 0;
  }

  long peer(int slot) {
    return peers[slot];
  }

  RequestKind kind(int slot) {
    return kinds[slot];
  }

  long intendedNanos(int slot) {
    return intendedNanos[slot];
  }
}
