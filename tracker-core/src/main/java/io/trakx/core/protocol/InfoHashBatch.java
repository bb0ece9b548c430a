package io.trakx.core.protocol;

/**
 * The info-hashes of questions that have arrived together and are about to be asked one by one.
 *
 * <p>Mutable, reused, not thread-safe.
 */
public final class InfoHashBatch {
  private final long[] highs;
  private final long[] middles;
  private final int[] lows;
  private final long[] notes;
  private int size;

  /**
   * @param capacity the most info-hashes; 1 or more
   */
  public InfoHashBatch(int capacity) {
    highs = new long[capacity];
    middles = new long[capacity];
    lows = new int[capacity];
    notes = new long[capacity];
  }

  /** Forgets all info-hashes. */
  public void reset() {
    size = 0;
  }

  /** Adds the info-hash of these words, see {@link Bytes20}; there must be room. */
  public void add(long high, long middle, int low) {
    highs[size] = high;
    middles[size] = middle;
    lows[size] = low;
    size++;
  }

  /** How many info-hashes there are. */
  public int size() {
    return size;
  }

  /** Bytes 0 to 7 of the {@code index}th info-hash. */
  public long high(int index) {
    return highs[index];
  }

  /** Bytes 8 to 15 of the {@code index}th info-hash. */
  public long middle(int index) {
    return middles[index];
  }

  /** Bytes 16 to 19 of the {@code index}th info-hash. */
  public int low(int index) {
    return lows[index];
  }

  /** Room for a word about each info-hash, for whoever looks them up. */
  public long[] notes() {
    return notes;
  }
}
