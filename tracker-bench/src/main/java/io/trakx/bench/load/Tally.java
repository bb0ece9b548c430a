package io.trakx.bench.load;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What is counted while measuring. Not thread-safe. */
final class Tally {
  private static final long MOST_NANOS = 120_000_000_000L;
  private static final int DIGITS = 3;

  private final Histogram latencyNanos = new Histogram(1, MOST_NANOS, DIGITS);
  private final Map<Verdict, Long> errors = new EnumMap<>(Verdict.class);
  private long answered;
  private long failed;
  private long announces;
  private long peers;

  /** Counts a finished request. */
  void add(Verdict verdict, RequestKind kind, long nanos, int givenPeers) {
    if (verdict != Verdict.OK) {
      failed++;
      errors.merge(verdict, 1L, Long::sum);
      return;
    }
    answered++;
    latencyNanos.recordValue(Math.clamp(nanos, 1, MOST_NANOS));
    if (kind != RequestKind.SCRAPE && kind != RequestKind.STOPPED) {
      announces++;
      peers += givenPeers;
    }
  }

  /** Adds what another thread counted. */
  void add(Tally other) {
    latencyNanos.add(other.latencyNanos);
    other.errors.forEach((verdict, count) -> errors.merge(verdict, count, Long::sum));
    answered += other.answered;
    failed += other.failed;
    announces += other.announces;
    peers += other.peers;
  }

  void reset() {
    latencyNanos.reset();
    errors.clear();
    answered = 0;
    failed = 0;
    announces = 0;
    peers = 0;
  }

  /** Requests answered rightly. */
  long answered() {
    return answered;
  }

  /** Requests finished in any way. */
  long finished() {
    return answered + failed;
  }

  /** What went wrong, and how often; empty if nothing did. */
  Map<Verdict, Long> errors() {
    return new EnumMap<>(errors);
  }

  /** The mean number of peers that an announce was given. */
  double peersPerAnnounce() {
    return announces == 0 ? 0 : (double) peers / announces;
  }

  /** The latency that so many percent of the answers did not exceed, in microseconds. */
  double latencyMicros(double percentile) {
    return latencyNanos.getTotalCount() == 0
        ? 0
        : latencyNanos.getValueAtPercentile(percentile) / 1e3;
  }
}
