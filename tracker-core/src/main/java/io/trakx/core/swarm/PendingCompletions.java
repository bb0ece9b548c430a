package io.trakx.core.swarm;

import io.trakx.core.protocol.Bytes20;
import java.util.Arrays;

/**
 * Completed downloads that had been counted, but were not known to be in the database, at one
 * moment, in columns: what a snapshot keeps of a {@link ChangeLog}.
 *
 * <p>A torrent may come more than once; its counts then add up.
 */
public final class PendingCompletions {
  private static final int MIN_CAPACITY = 16;

  private final long sequence;
  private long[] hashHigh = new long[MIN_CAPACITY];
  private long[] hashMiddle = new long[MIN_CAPACITY];
  private int[] hashLow = new int[MIN_CAPACITY];
  private int[] pending = new int[MIN_CAPACITY];
  private int[] inFlight = new int[MIN_CAPACITY];
  private int size;

  /**
   * @param sequence the number of the last batch that was settled, 0 for none
   */
  public PendingCompletions(long sequence) {
    this.sequence = sequence;
  }

  /**
   * Adds a torrent.
   *
   * @param pending completed downloads not known to be in the database, 1 or more
   * @param inFlight how many of them the batch after {@link #sequence} has, if it is what wrote the
   *     torrent's row last: those on their way, or all if it was still to be taken
   */
  public void add(Bytes20 infoHash, int pending, int inFlight) {
    if (size == hashHigh.length) {
      reserve(Math.max(1, size / 2));
    }
    hashHigh[size] = infoHash.high();
    hashMiddle[size] = infoHash.middle();
    hashLow[size] = infoHash.low();
    this.pending[size] = pending;
    this.inFlight[size] = inFlight;
    size++;
  }

  /** The number of the last batch that was settled, 0 for none. */
  public long sequence() {
    return sequence;
  }

  /** How many entries there are. */
  public int size() {
    return size;
  }

  /** Reads the {@code index}th entry's info-hash. */
  public void infoHash(int index, Bytes20 target) {
    target.set(hashHigh[index], hashMiddle[index], hashLow[index]);
  }

  /** Completed downloads of the {@code index}th entry, 1 or more. */
  public int pending(int index) {
    return pending[index];
  }

  /** How many of the {@code index}th entry's completed downloads the next batch has. */
  public int inFlight(int index) {
    return inFlight[index];
  }

  /**
   * How many of the {@code index}th entry's completed downloads the database has not got.
   *
   * @param written the number of the batch that wrote the torrent's row last, 0 if there is none or
   *     another tracker wrote it; a batch has all that was pending when it was taken
   */
  public int unwritten(int index, long written) {
    if (written <= sequence) {
      return pending[index];
    }
    return written == sequence + 1 ? pending[index] - inFlight[index] : 0;
  }

  /** Adds the entries of an earlier life that is not resolved. */
  void addAll(PendingCompletions earlier) {
    reserve(earlier.size);
    Bytes20 infoHash = new Bytes20();
    for (int i = 0; i < earlier.size; i++) {
      earlier.infoHash(i, infoHash);
      add(infoHash, earlier.pending[i], earlier.inFlight[i]);
    }
  }

  /** Makes room for so many entries more. */
  void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > hashHigh.length) {
      hashHigh = Arrays.copyOf(hashHigh, needed);
      hashMiddle = Arrays.copyOf(hashMiddle, needed);
      hashLow = Arrays.copyOf(hashLow, needed);
      pending = Arrays.copyOf(pending, needed);
      inFlight = Arrays.copyOf(inFlight, needed);
    }
  }
}
