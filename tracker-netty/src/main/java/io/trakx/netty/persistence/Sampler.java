package io.trakx.netty.persistence;

import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreTotals;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Takes a sample each minute. For one thread at a time, but not that of the database: it would be
 * held up with it.
 */
final class Sampler {
  private final Supplier<StoreTotals> totals;
  private final Supplier<MemoryUse> memory;
  private final Counters counters;
  private final SampleRing ring;
  private final Clock clock;
  private long announces;
  private long scrapes;
  private long errors;
  private long cleaned;

  Sampler(
      Supplier<StoreTotals> totals,
      Supplier<MemoryUse> memory,
      Counters counters,
      SampleRing ring,
      Clock clock) {
    this.totals = totals;
    this.memory = memory;
    this.counters = counters;
    this.ring = ring;
    this.clock = clock;
  }

  /** A minute has ended, by some seconds more or less. */
  void minuteEnded() {
    long middle = clock.instant().getEpochSecond() - Resolution.MINUTE.seconds() / 2;
    add(Resolution.MINUTE.begin(middle));
  }

  /** The process ends: what was counted since the last minute's end belongs to this one. */
  void processEnds() {
    add(Resolution.MINUTE.begin(clock.instant().getEpochSecond()));
  }

  private void add(long minute) {
    StoreTotals held = totals.get();
    long announcesNow = counters.get(TrackerCounter.ANNOUNCES);
    long scrapesNow = counters.get(TrackerCounter.SCRAPES);
    long errorsNow =
        counters.get(TrackerCounter.ANNOUNCES_REFUSED)
            + counters.get(TrackerCounter.SCRAPES_REFUSED);
    long cleanedNow = counters.get(TrackerCounter.PEERS_CLEANED);
    ring.add(
        new Sample(
            Instant.ofEpochSecond(minute),
            held.peers(),
            held.seeders(),
            held.leechers(),
            held.swarms(),
            held.uniqueAddresses(),
            announcesNow - announces,
            scrapesNow - scrapes,
            errorsNow - errors,
            cleanedNow - cleaned,
            memory.get()));
    announces = announcesNow;
    scrapes = scrapesNow;
    errors = errorsNow;
    cleaned = cleanedNow;
  }
}
