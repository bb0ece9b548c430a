package io.trakx.core.swarm;

/**
 * How much a store may hold. At a limit, announces are answered but newcomers are not listed.
 *
 * @param peers peers in all swarms together, 1 or more
 * @param swarms torrents known, with or without peers, 1 or more
 * @param peersPerSwarm peers of one family in a swarm, 1 to {@link #MAX_PEERS_PER_SWARM}
 */
public record StoreLimits(long peers, long swarms, int peersPerSwarm) {
  /** The most peers of one family in a swarm, so that 40-byte rows stay below 1 GiB. */
  public static final int MAX_PEERS_PER_SWARM = 20_000_000;

  /** Checks the ranges. */
  public StoreLimits {
    if (peers < 1 || swarms < 1 || peersPerSwarm < 1 || peersPerSwarm > MAX_PEERS_PER_SWARM) {
      throw new IllegalArgumentException(
          "limits are 1 or more, peersPerSwarm at most %d: %d peers, %d swarms, %d peersPerSwarm"
              .formatted(MAX_PEERS_PER_SWARM, peers, swarms, peersPerSwarm));
    }
  }
}
