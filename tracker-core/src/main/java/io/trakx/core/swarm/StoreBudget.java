package io.trakx.core.swarm;

import java.util.concurrent.atomic.AtomicLong;

/** What is left of a store's limits, exact whatever the number of threads. Thread-safe. */
final class StoreBudget {
  private final StoreLimits limits;
  private final AtomicLong peers = new AtomicLong();
  private final AtomicLong torrents = new AtomicLong();

  StoreBudget(StoreLimits limits) {
    this.limits = limits;
  }

  /** Takes room for a peer; false if there is none. */
  boolean takePeer() {
    return take(peers, limits.peers());
  }

  void returnPeer() {
    peers.decrementAndGet();
  }

  /** Takes room for a torrent; false if there is none. */
  boolean takeTorrent() {
    return take(torrents, limits.swarms());
  }

  /** Takes room for a torrent whose counts must not be lost, there or not. */
  void takeTorrentBeyondLimit() {
    torrents.incrementAndGet();
  }

  void returnTorrent() {
    torrents.decrementAndGet();
  }

  /** Peers listed. */
  long peers() {
    return peers.get();
  }

  int peersPerSwarm() {
    return limits.peersPerSwarm();
  }

  /** Torrents known, with or without peers. */
  long torrents() {
    return torrents.get();
  }

  /** Whether so few torrents more fit that empty ones should go: less than a sixteenth. */
  boolean torrentsScarce() {
    return limits.swarms() - torrents.get() <= (limits.swarms() - 1) / 16;
  }

  private static boolean take(AtomicLong used, long limit) {
    // Not added first and corrected after: who comes in between would be refused for nothing.
    long now = used.get();
    while (now < limit) {
      long witness = used.compareAndExchange(now, now + 1);
      if (witness == now) {
        return true;
      }
      now = witness;
    }
    return false;
  }
}
