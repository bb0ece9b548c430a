package io.trakx.netty.persistence;

import java.time.Instant;

/**
 * What a tracker held and did in a minute, an hour or a day: how many there were on average, and
 * how many were counted.
 *
 * @param begins when the interval began
 * @param peers held on average
 * @param seeders held on average
 * @param leechers held on average
 * @param swarms with a peer, on average
 * @param uniqueAddresses held on average
 * @param announces answered with peers
 * @param scrapes answered
 * @param errors announces and scrapes answered with a failure
 * @param cleaned peers forgotten because they had not announced in time
 * @param memory of the process, on average
 */
public record Sample(
    Instant begins,
    long peers,
    long seeders,
    long leechers,
    long swarms,
    long uniqueAddresses,
    long announces,
    long scrapes,
    long errors,
    long cleaned,
    MemoryUse memory) {

  /** This sample with what was counted in an earlier part of the same interval. */
  Sample with(Sample earlier) {
    return plus(earlier, 1);
  }

  /** This sample without what was counted in an earlier part of the same interval. */
  Sample without(Sample earlier) {
    return plus(earlier, -1);
  }

  private Sample plus(Sample other, int sign) {
    return new Sample(
        begins,
        peers,
        seeders,
        leechers,
        swarms,
        uniqueAddresses,
        announces + sign * other.announces,
        scrapes + sign * other.scrapes,
        errors + sign * other.errors,
        cleaned + sign * other.cleaned,
        memory);
  }
}
