package io.trakx.core.limit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Token buckets for any number of clients in a table of fixed size. Each holds so many tokens at
 * most, is full at first, and earns tokens at the same rate.
 *
 * <p><b>Layout.</b> Time is counted in tokens: now is what a bucket has earned since the start. A
 * bucket is one number then, the moment at which it will be full again, and a client takes a token
 * by moving that moment on by one (the virtual scheduling algorithm of ITU-T I.371, known as GCRA).
 * A cell of 64 bits holds it beside the tag of its client:
 *
 * <pre>
 * bit   63       40                          0 to 8          0
 *       | tag 24  | full again at: tokens, mod | their fraction |
 * </pre>
 *
 * <p>The more tokens a bucket has, the less of one is a fraction worth: it has as many bits as
 * leave whole tokens enough for the numbers to come around only after 65,536 times what an empty
 * bucket takes to be full, or a thousand times from 16 million tokens on.
 *
 * <p>A client's hash names a set of {@value #WAYS} cells by its lower bits and the client's tag by
 * its upper ones. Two clients have the same bucket if both agree: of a table of 16,384 cells one
 * pair in 2^36 does. Hashes must be keyed, or somebody finds the other one of a victim's pair.
 *
 * <p><b>What is remembered, and what forgotten.</b> A full bucket is that of a client never seen,
 * so its cell is free, and only clients that were here less than a token's time ago need one. Where
 * a newcomer finds no free cell it takes that of the client that owes least. So there are never too
 * many clients, and what a table too small forgets is the little that harmless ones owe. Whoever
 * sends from a great many addresses
 *
 * <ul>
 *   <li>has nobody else refused: what is forgotten is forgiven, and no bucket is shared;
 *   <li>saves no address of its own from being refused: to push out one that owes much, it needs
 *       others in that set, unknown to it, that owe more, and what it could get by the one it could
 *       have got by those.
 * </ul>
 *
 * <p><b>Races.</b> A take reads the set and replaces one cell by compare-and-set, or begins anew:
 * no token is given twice. Two threads may put the same new client into two cells; the second one
 * is never looked at again, and its client has lost track of a token. Threads may know the time
 * differently: a bucket that seems to owe up to twice what it can is taken for empty, not for
 * forgotten. Beyond that it is one that was left alone until the numbers came around, and full.
 *
 * <p><b>Why not a cache such as Caffeine.</b> It keeps an object an address, makes garbage for each
 * key looked up and more for each one it takes in, and has to be as large as an attack. A take from
 * here costs some 15 ns with the hash, reads half a line of memory in a table that fits into the
 * processor's cache, and makes no garbage ({@code AddressLimiterBenchmark}).
 *
 * <p>Thread-safe, lock-free.
 */
public final class TokenBuckets {
  /** The most tokens of a bucket: so few that the numbers come around a thousand times later. */
  public static final long MAX_CAPACITY = 1_000_000_000;

  /** Cells of a set. */
  static final int WAYS = 4;

  private static final int LEVEL_BITS = 40;
  private static final long LEVEL_MASK = (1L << LEVEL_BITS) - 1;
  private static final long TAG_MASK = ~LEVEL_MASK;
  private static final int MOST_FRACTION_BITS = 8;
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] cells;
  private final int setMask;
  private final long token;
  private final long capacity;
  private final double levelsPerTick;

  /**
   * @param cellCount a power of two, {@value #WAYS} or more: enough for the clients that come
   *     within a token's time
   * @param tokens the most tokens of a bucket, 1 to {@link #MAX_CAPACITY}
   * @param ticks how long an empty bucket takes to be full, in the units of time of {@link #take}
   */
  public TokenBuckets(int cellCount, long tokens, long ticks) {
    if (tokens < 1 || tokens > MAX_CAPACITY || ticks < 1) {
      throw new IllegalArgumentException("no bucket: %d tokens, %d ticks".formatted(tokens, ticks));
    }
    if (cellCount < WAYS || Integer.bitCount(cellCount) != 1) {
      throw new IllegalArgumentException("not a power of two from 4 on: " + cellCount);
    }
    cells = new long[cellCount];
    setMask = cellCount - WAYS;
    token = 1L << Math.clamp(Long.numberOfLeadingZeros(tokens) - LEVEL_BITS, 0, MOST_FRACTION_BITS);
    capacity = tokens * token;
    levelsPerTick = (double) capacity / ticks;
  }

  /**
   * Takes a token of a client.
   *
   * @param hash the client's, keyed
   * @param tick the time, from 0 on
   * @return whether there was one
   */
  public boolean take(long hash, long tick) {
    int set = (int) hash & setMask;
    long tag = hash & TAG_MASK;
    long now = (long) (tick * levelsPerTick);
    while (true) {
      int chosen = set;
      long before = 0;
      long least = Long.MAX_VALUE;
      boolean known = false;
      for (int i = set; i < set + WAYS && !known; i++) {
        long cell = (long) CELL.getOpaque(cells, i);
        long owed = owed(cell, now);
        known = (cell & TAG_MASK) == tag;
        if (known || owed < least) {
          chosen = i;
          before = cell;
          least = owed;
        }
      }
      long owed = (known ? least : 0) + token;
      if (owed > capacity) {
        return false;
      }
      if (CELL.compareAndSet(cells, chosen, before, tag | ((now + owed) & LEVEL_MASK))) {
        return true;
      }
    }
  }

  /** What a bucket lacks to be full. */
  private long owed(long cell, long now) {
    long owed = (cell - now) & LEVEL_MASK;
    return owed > 2 * capacity ? 0 : owed;
  }
}
