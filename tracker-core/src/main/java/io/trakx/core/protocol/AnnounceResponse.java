package io.trakx.core.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a client is told: the swarm in figures, when to come back, and peers in packed wire form.
 *
 * <p>Peers of a family lie one behind the other, {@link AddressFamily#compactBytes()} each; their
 * ids, if the request asked for them, lie in the same order, {@link Bytes20#BYTES} each. The arrays
 * are made once for the most peers an answer may hold. Mutable, reused, not thread-safe.
 */
public final class AnnounceResponse {
  private final int maxPeers;
  private final PeerList ipv4;
  private final PeerList ipv6;
  private int complete;
  private int incomplete;
  private int downloaded;
  private int intervalSeconds;
  private int minIntervalSeconds;
  private @Nullable AnnounceWarning warning;

  /**
   * @param maxPeers the most peers an answer may hold, both families together; 0 or more
   */
  public AnnounceResponse(int maxPeers) {
    this.maxPeers = maxPeers;
    this.ipv4 = new PeerList(AddressFamily.IPV4, maxPeers);
    this.ipv6 = new PeerList(AddressFamily.IPV6, maxPeers);
  }

  /** Empties the answer. */
  public void reset() {
    ipv4.clear();
    ipv6.clear();
    complete = 0;
    incomplete = 0;
    downloaded = 0;
    intervalSeconds = 0;
    minIntervalSeconds = 0;
    warning = null;
  }

  /** The most peers the answer has room for. */
  public int maxPeers() {
    return maxPeers;
  }

  /** The peers of one family. */
  public PeerList peers(AddressFamily family) {
    return family == AddressFamily.IPV4 ? ipv4 : ipv6;
  }

  /** Sets the swarm's figures: seeders, leechers and completed downloads, each 0 or more. */
  public void figures(int complete, int incomplete, int downloaded) {
    this.complete = complete;
    this.incomplete = incomplete;
    this.downloaded = downloaded;
  }

  /** Sets when the client shall and may announce again. */
  public void intervals(int intervalSeconds, int minIntervalSeconds) {
    this.intervalSeconds = intervalSeconds;
    this.minIntervalSeconds = minIntervalSeconds;
  }

  public void warning(@Nullable AnnounceWarning warning) {
    this.warning = warning;
  }

  /** Seeders in the swarm, both families. */
  public int complete() {
    return complete;
  }

  /** Leechers in the swarm, both families. */
  public int incomplete() {
    return incomplete;
  }

  /** Downloads of the torrent that were completed while this tracker watched. */
  public int downloaded() {
    return downloaded;
  }

  public int intervalSeconds() {
    return intervalSeconds;
  }

  public int minIntervalSeconds() {
    return minIntervalSeconds;
  }

  /** What the client's user should know although the announce was answered. */
  public @Nullable AnnounceWarning warning() {
    return warning;
  }
}
