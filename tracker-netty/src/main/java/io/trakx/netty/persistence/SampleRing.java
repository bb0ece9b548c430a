package io.trakx.netty.persistence;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * Samples that wait to be written, one a minute, of a week at most: of a longer outage of the
 * database the first part is lost. A minute comes again if the system's clock was set back: its
 * samples become one. Thread-safe.
 */
final class SampleRing {
  /** About a megabyte. */
  static final int CAPACITY = 7 * 24 * 60;

  private final TreeMap<Instant, Sample> samples = new TreeMap<>();
  private volatile int size;

  synchronized void add(Sample sample) {
    samples.merge(sample.begins(), sample, (earlier, later) -> later.with(earlier));
    if (samples.size() > CAPACITY) {
      samples.pollFirstEntry();
    }
    size = samples.size();
  }

  /** Those of the first so many minutes, which stay. */
  synchronized List<Sample> first(int most) {
    return samples.values().stream().limit(most).toList();
  }

  /** Forgets those, as far as they have not been pushed out yet; what came since stays. */
  synchronized void remove(List<Sample> written) {
    for (Sample sample : written) {
      samples.computeIfPresent(
          sample.begins(), (_, now) -> now.equals(sample) ? null : now.without(sample));
    }
    size = samples.size();
  }

  /** How many wait. Never waits itself: monitors ask on event loops. */
  int size() {
    return size;
  }
}
