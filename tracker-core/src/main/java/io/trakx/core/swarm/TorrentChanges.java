package io.trakx.core.swarm;

import io.trakx.core.protocol.Bytes20;

/**
 * A batch of changed torrents, as they were when they were taken, in columns. Filled and settled by
 * its {@link ChangeLog}; read by the thread that writes it to a database.
 */
public final class TorrentChanges {
  private final long[] hashHigh;
  private final long[] hashMiddle;
  private final int[] hashLow;
  private final int[] seeders;
  private final int[] leechers;
  private final int[] completed;
  private final boolean[] stored;
  private final Bytes20 scratch = new Bytes20();
  private int size;

  TorrentChanges(int capacity) {
    hashHigh = new long[capacity];
    hashMiddle = new long[capacity];
    hashLow = new int[capacity];
    seeders = new int[capacity];
    leechers = new int[capacity];
    completed = new int[capacity];
    stored = new boolean[capacity];
  }

  /** How many torrents there are; each once. */
  public int size() {
    return size;
  }

  /** Reads the {@code index}th torrent's info-hash. */
  public void infoHash(int index, Bytes20 target) {
    target.set(hashHigh[index], hashMiddle[index], hashLow[index]);
  }

  /** Seeders of the {@code index}th torrent, 0 or more. */
  public int seeders(int index) {
    return seeders[index];
  }

  /** Leechers of the {@code index}th torrent, 0 or more. */
  public int leechers(int index) {
    return leechers[index];
  }

  /** Completed downloads to add to those of the {@code index}th torrent's row, 0 or more. */
  public int completed(int index) {
    return completed[index];
  }

  /**
   * Whether the {@code index}th torrent is not known to have a row: whoever writes it looks the row
   * up first, and tells {@link ChangeLog#completedKnown} if there is one.
   */
  public boolean isNew(int index) {
    return !stored[index];
  }

  boolean isFull() {
    return size == stored.length;
  }

  void add(Swarm swarm) {
    swarm.readInfoHash(scratch);
    hashHigh[size] = scratch.high();
    hashMiddle[size] = scratch.middle();
    hashLow[size] = scratch.low();
    seeders[size] = swarm.count(true);
    leechers[size] = swarm.count(false);
    completed[size] = swarm.pending();
    stored[size] = swarm.isStored();
    size++;
  }

  void clear() {
    size = 0;
  }
}
