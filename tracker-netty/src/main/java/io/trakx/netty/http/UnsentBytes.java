package io.trakx.netty.http;

/**
 * What the clients of one event loop were answered and have not taken yet. It lies in memory that
 * no heap limit bounds but Java's for direct buffers, and an event loop that runs into that one
 * stands still; so at a lower bound, connections are cut off, those first whose clients have taken
 * nothing for longest. Used on its event loop only.
 */
final class UnsentBytes {
  /** Connections are cut off until this part of the bound is left: rarely, and then several. */
  private static final double KEPT = 0.75;

  private final ConnectionReaper reaper;
  private final long maxBytes;
  private final long keptBytes;
  private long bytes;

  UnsentBytes(ConnectionReaper reaper, long maxBytes) {
    this.reaper = reaper;
    this.maxBytes = maxBytes;
    this.keptBytes = (long) (maxBytes * KEPT);
  }

  /**
   * More waits for a client, or less.
   *
   * @param added how many bytes more
   * @param deadline its connection's, which is not cut off now
   */
  void add(long added, Deadline deadline) {
    bytes += added;
    if (added > 0 && bytes > maxBytes) {
      reaper.shed(deadline, false, this::enough);
      reaper.shed(deadline, true, this::enough);
    }
  }

  private boolean enough() {
    return bytes <= keptBytes;
  }
}
