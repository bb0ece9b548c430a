package io.trakx.core.protocol;

/**
 * One scrape, asked and answered: info-hashes go in, three figures a hash come out (BEP 48, 15).
 *
 * <p>Mutable, reused, not thread-safe.
 */
public final class Scrape {
  private final int capacity;
  private final byte[] infoHashes;
  private final Bytes20 cursor = new Bytes20();
  private final int[] complete;
  private final int[] incomplete;
  private final int[] downloaded;
  private int size;

  /**
   * @param capacity the most info-hashes a scrape may name; 1 or more
   */
  public Scrape(int capacity) {
    this.capacity = capacity;
    this.infoHashes = new byte[capacity * Bytes20.BYTES];
    this.complete = new int[capacity];
    this.incomplete = new int[capacity];
    this.downloaded = new int[capacity];
  }

  /** Forgets all info-hashes. */
  public void reset() {
    size = 0;
  }

  /**
   * Adds the info-hash at {@code offset} of {@code source}.
   *
   * @return false if there was no room, and nothing was added
   */
  public boolean add(byte[] source, int offset) {
    if (size == capacity) {
      return false;
    }
    System.arraycopy(source, offset, infoHashes, size * Bytes20.BYTES, Bytes20.BYTES);
    size++;
    return true;
  }

  /** How many info-hashes were asked for. */
  public int size() {
    return size;
  }

  /** The most info-hashes a scrape may name. */
  public int capacity() {
    return capacity;
  }

  /** The info-hashes, packed, in the order they were asked for; {@code 20 * size()} bytes count. */
  public byte[] infoHashes() {
    return infoHashes;
  }

  /** Room to look at one info-hash at a time, for whoever answers. */
  public Bytes20 cursor() {
    return cursor;
  }

  /** Sets the figures of the {@code index}th info-hash. */
  public void figures(int index, int complete, int incomplete, int downloaded) {
    this.complete[index] = complete;
    this.incomplete[index] = incomplete;
    this.downloaded[index] = downloaded;
  }

  /** Seeders of the {@code index}th torrent. */
  public int complete(int index) {
    return complete[index];
  }

  /** Leechers of the {@code index}th torrent. */
  public int incomplete(int index) {
    return incomplete[index];
  }

  /** Completed downloads of the {@code index}th torrent. */
  public int downloaded(int index) {
    return downloaded[index];
  }
}
