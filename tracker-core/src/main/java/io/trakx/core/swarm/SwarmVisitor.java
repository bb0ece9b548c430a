package io.trakx.core.swarm;

import io.trakx.core.protocol.Bytes20;

/** Sees one torrent after the other; called under the lock of a stripe, so it must be quick. */
@FunctionalInterface
public interface SwarmVisitor {
  /**
   * Sees a torrent.
   *
   * @param infoHash reused for the next torrent
   * @param complete seeders, 0 or more
   * @param incomplete leechers, 0 or more
   * @param downloaded completed downloads, 0 or more
   */
  void visit(Bytes20 infoHash, int complete, int incomplete, int downloaded);
}
