package io.trakx.core.swarm;

import io.trakx.core.protocol.PeerAddress;

/**
 * Brings swarms back that a {@link SwarmExport} has shown, in this process or an earlier one. A
 * peer that is listed already stays as it is, so nothing is lost if announces come in meanwhile or
 * a slice comes twice. The store's limits hold. For one thread.
 */
public final class SwarmImport {
  private final SwarmStore store;
  private final int minute;
  private final int elapsedMinutes;
  private final int timeoutMinutes;
  final PeerAddress address = new PeerAddress();
  long peers;
  long torrents;
  long tooOld;
  long refused;

  /**
   * @param minute of the same clock as the announces'
   * @param elapsedMinutes how long ago the slices' ages were true, 0 or more
   * @param timeoutMinutes peers seen longer ago are left out; 1 to {@link
   *     SwarmStore#MAX_TIMEOUT_MINUTES}
   */
  public SwarmImport(SwarmStore store, int minute, int elapsedMinutes, int timeoutMinutes) {
    this.store = store;
    this.minute = minute;
    this.elapsedMinutes = elapsedMinutes;
    this.timeoutMinutes = timeoutMinutes;
  }

  /** Lists the peers of a slice. */
  public void add(SwarmSlice slice) {
    long hash = store.hash(slice.infoHash());
    store.stripe(hash).admit((int) hash, slice, this);
  }

  /** How many peers were listed. */
  public long peers() {
    return peers;
  }

  /** How many torrents became known. */
  public long torrents() {
    return torrents;
  }

  /** How many peers were not seen for too long. */
  public long tooOld() {
    return tooOld;
  }

  /** How many peers found no room. */
  public long refused() {
    return refused;
  }

  boolean isTooOld(SwarmSlice slice, int index) {
    return (long) slice.age(index) + elapsedMinutes > timeoutMinutes;
  }

  /** What a table holds of the time a peer was seen. */
  int seen(SwarmSlice slice, int index) {
    int seenMinute = minute - elapsedMinutes - slice.age(index);
    return slice.completedFlag(index) | (seenMinute & PeerRows.MINUTE_MASK);
  }
}
