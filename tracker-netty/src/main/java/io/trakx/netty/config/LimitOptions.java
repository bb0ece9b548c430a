package io.trakx.netty.config;

import io.trakx.core.limit.AddressLimits;
import io.trakx.core.swarm.StoreLimits;
import java.util.OptionalLong;

/**
 * How much the tracker may hold, as far as the operator said.
 *
 * <p>What was left to the tracker follows from the heap. A peer takes about 64 bytes, its share of
 * arrays with room to grow included, and a torrent about 320. Half of the heap for peers and a
 * quarter for torrents leaves a quarter for growing and for everything else.
 *
 * @param peers peers in all swarms together; empty: what fits
 * @param swarms torrents known at a time; empty: what fits
 * @param peersPerSwarm peers of one address family in one swarm
 * @param ofAddress what single addresses may ask for
 */
public record LimitOptions(
    OptionalLong peers, OptionalLong swarms, int peersPerSwarm, AddressLimits ofAddress) {
  private static final long BYTES_PER_PEER = 64;
  private static final long BYTES_PER_SWARM = 320;

  /**
   * The limits for a heap.
   *
   * @param heapBytes how large the heap may get
   */
  public StoreLimits forHeap(long heapBytes) {
    return new StoreLimits(
        peers.orElse(Math.max(1, heapBytes / 2 / BYTES_PER_PEER)),
        swarms.orElse(Math.max(1, heapBytes / 4 / BYTES_PER_SWARM)),
        peersPerSwarm);
  }
}
