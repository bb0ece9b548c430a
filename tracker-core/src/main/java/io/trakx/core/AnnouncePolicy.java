package io.trakx.core;

import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.swarm.SwarmStore;

/**
 * What the operator grants every client: how many peers, and how often to come. Immutable.
 *
 * @param intervalSeconds how long a client shall wait until its next announce
 * @param jitterSeconds the most that is added to the interval, at random, so that clients which
 *     came together do not come back together; 0 or more
 * @param minIntervalSeconds how long a client must wait at least
 * @param numwantDefault peers for a client that does not say how many it wants
 * @param numwantMax the most peers for any client
 * @param peerTimeoutMinutes how long a peer stays listed that does not announce
 */
public record AnnouncePolicy(
    int intervalSeconds,
    int jitterSeconds,
    int minIntervalSeconds,
    int numwantDefault,
    int numwantMax,
    int peerTimeoutMinutes) {

  /** Checks the ranges. */
  public AnnouncePolicy {
    require(intervalSeconds > 0, "intervalSeconds is 1 or more");
    require(
        jitterSeconds >= 0 && jitterSeconds <= Integer.MAX_VALUE - intervalSeconds,
        "jitterSeconds is 0 or more, and with intervalSeconds at most " + Integer.MAX_VALUE);
    require(
        minIntervalSeconds > 0 && minIntervalSeconds <= intervalSeconds,
        "minIntervalSeconds is 1 to intervalSeconds");
    require(
        numwantDefault >= 0 && numwantDefault <= numwantMax, "numwantDefault is 0 to numwantMax");
    require(
        peerTimeoutMinutes > 0 && peerTimeoutMinutes <= SwarmStore.MAX_TIMEOUT_MINUTES,
        "peerTimeoutMinutes is 1 to " + SwarmStore.MAX_TIMEOUT_MINUTES);
  }

  /**
   * How many peers a client gets at most that asked for {@code numwant}; any negative number, as
   * {@link AnnounceRequest#NUMWANT_DEFAULT}, leaves it to the tracker.
   */
  public int peersFor(int numwant) {
    return numwant < 0 ? numwantDefault : Math.min(numwant, numwantMax);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
