package io.trakx.core.limit;

/**
 * How much the tracker takes of one address: an IPv4 address, or the 64 bits of an IPv6 address
 * that name its network, since whoever has one of those has 2^64 addresses.
 *
 * <p>Each is the size of a bucket of tokens, which fills up again in the time that is named with
 * it; 0: no limit.
 *
 * @param requestsPerMinute announces and scrapes
 * @param torrentsPerHour announces of torrents that nobody had announced before
 * @param portsPerSwarm peers on different ports that join one swarm within the time that a peer
 *     stays listed
 */
public record AddressLimits(long requestsPerMinute, long torrentsPerHour, long portsPerSwarm) {
  /** No limit at all. */
  public static final AddressLimits NONE = new AddressLimits(0, 0, 0);

  /** Checks the ranges. */
  public AddressLimits {
    check(requestsPerMinute);
    check(torrentsPerHour);
    check(portsPerSwarm);
  }

  private static void check(long limit) {
    if (limit < 0 || limit > TokenBuckets.MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "a limit is 0 to " + TokenBuckets.MAX_CAPACITY + ", not " + limit);
    }
  }
}
