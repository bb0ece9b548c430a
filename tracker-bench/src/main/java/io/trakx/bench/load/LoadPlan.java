package io.trakx.bench.load;

import java.time.Duration;

/**
 * All that a run of the generator is told.
 *
 * @param keepAlive whether HTTP connections stay open
 * @param connections sockets, and so requests in flight
 * @param threads that share them
 * @param zipfExponent how unevenly swarms are chosen; 0 for evenly
 * @param numwant peers asked for
 * @param askerMayBeGiven whether it is no fault to tell a peer of itself
 * @param rate requests a second; 0 for a closed loop
 * @param warmup time before measuring
 * @param mostRequests ends the measured time early
 * @param serverPid the tracker's process; 0 if unknown
 */
record LoadPlan(
    Target target,
    boolean keepAlive,
    int connections,
    int threads,
    Population population,
    double zipfExponent,
    RequestMix mix,
    int numwant,
    boolean askerMayBeGiven,
    double rate,
    Duration warmup,
    Duration duration,
    long mostRequests,
    Duration timeout,
    long seed,
    long serverPid) {
  private static final int MOST_NUMWANT = 200;
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int MOST_THREADS = 64;
  private static final Duration LONGEST = Duration.ofHours(1);

  LoadPlan {
    Bytes.within("connections", connections, 1, MOST_CONNECTIONS);
    Bytes.within("threads", threads, 1, Math.min(connections, MOST_THREADS));
    Bytes.within("numwant", numwant, 0, MOST_NUMWANT);
    Bytes.within("requests", mostRequests, 1, Long.MAX_VALUE);
    if (duration.compareTo(LONGEST) > 0 || warmup.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a run takes an hour at most");
    }
    if (!(zipfExponent >= 0 && zipfExponent <= 3)) {
      throw new IllegalArgumentException("the Zipf exponent must be 0 to 3");
    }
  }

  /** How the requests travel, in words. */
  String transport() {
    if (target.udp()) {
      return "UDP";
    }
    return keepAlive ? "HTTP keep-alive" : "HTTP, new connection per request";
  }

  SwarmChoice choice() {
    return zipfExponent == 0
        ? new SwarmChoice.Uniform(population.swarms())
        : new SwarmChoice.Zipf(population.swarms(), zipfExponent);
  }

  /** The pace of one of the threads. */
  Pace pace() {
    return rate == 0 ? Pace.closedLoop() : Pace.fixedRate(rate / threads);
  }

  /** How many of the connections a thread has. */
  int connectionsOf(int thread) {
    return connections / threads + (thread < connections % threads ? 1 : 0);
  }
}
