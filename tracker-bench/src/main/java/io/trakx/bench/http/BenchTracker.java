package io.trakx.bench.http;

import io.trakx.core.AnnouncePolicy;
import io.trakx.core.InMemoryTracker;
import io.trakx.core.MinuteClock;
import io.trakx.core.Tracker;
import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.limit.AddressLimiter;
import io.trakx.core.limit.AddressLimits;
import io.trakx.core.limit.TokenBuckets;
import io.trakx.core.stats.Counters;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** The real tracker with the defaults of the program. */
public final class BenchTracker {
  /** The most peers in an answer. */
  public static final int MAX_PEERS = 200;

  private BenchTracker() {}

  /** A tracker that knows nobody yet. */
  public static Tracker create(Counters counters) {
    // Counted as with the defaults, but that a benchmark's few clients may come without end.
    AddressLimits limits =
        new AddressLimits(
            TokenBuckets.MAX_CAPACITY, TokenBuckets.MAX_CAPACITY, TokenBuckets.MAX_CAPACITY);
    AddressLimiter limiter = new AddressLimiter(limits, 45, new Random(2), System.nanoTime());
    return new InMemoryTracker(
        new SwarmStore(
            new StoreLimits(1_000_000, 1_000_000, 1_000_000), new Random(1), false, limiter),
        new AnnouncePolicy(1800, 180, 900, 50, MAX_PEERS, 45),
        new AccessControl(AccessLists.OPEN),
        counters,
        MinuteClock.monotonic(),
        () -> ThreadLocalRandom.current().nextLong(),
        limiter,
        false);
  }
}
