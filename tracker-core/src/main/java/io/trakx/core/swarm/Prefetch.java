package io.trakx.core.swarm;

import io.trakx.core.protocol.InfoHashBatch;

/**
 * Brings what announces are about to need into the processor's cache, for a whole batch at once.
 *
 * <p>An announce follows a chain of references, each a wait for memory. The chains of a batch have
 * nothing to do with each other, so here they are followed side by side, a link of all of them
 * before the next link of any: a processor waits for many reads at a time as long as for one (Chen,
 * Ailamaki, Gibbons, Mowry: "Improving Hash Join Performance through Prefetching", 2004).
 *
 * <p><b>Without a lock, and that is no error:</b> what is read here decides nothing. It may be
 * stale or half-written; a swarm may be one of another info-hash that shares the position. So every
 * reference is read once and looked at before it is followed, and every index is bounded by the
 * array it is for. Thread-safe.
 */
final class Prefetch {
  private final SwarmStore store;

  Prefetch(SwarmStore store) {
    this.store = store;
  }

  /** Reads what announces of these torrents, at least one, will read first. */
  void read(InfoHashBatch batch) {
    long[] hashes = batch.notes();
    long sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      hashes[i] = store.hash(batch.high(i), batch.middle(i), batch.low(i));
      sum += table(hashes[i]).readHash((int) hashes[i]);
    }
    for (int i = 0; i < batch.size(); i++) {
      Swarm swarm = table(hashes[i]).readSwarm((int) hashes[i]);
      sum += swarm == null ? 0 : swarm.completed();
    }
    for (int i = 0; i < batch.size(); i++) {
      Swarm swarm = table(hashes[i]).readSwarm((int) hashes[i]);
      sum += swarm == null ? 0 : swarm.readPeers();
    }
    for (int i = 0; i < batch.size(); i++) {
      Swarm swarm = table(hashes[i]).readSwarm((int) hashes[i]);
      sum += swarm == null ? 0 : swarm.readRows();
    }
    // It means nothing, but without it a compiler might leave the reading out.
    hashes[0] = sum;
  }

  private SwarmTable table(long hash) {
    return store.stripe(hash).table();
  }
}
