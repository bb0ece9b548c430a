package io.trakx.netty.persistence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Samples that wait to be written, of a week at most: of a longer outage of the database the first
 * part is lost. Thread-safe.
 */
final class SampleRing {
  /** About a megabyte. */
  static final int CAPACITY = 7 * 24 * 60;

  private final Deque<Sample> samples = new ArrayDeque<>();
  private volatile int size;

  synchronized void add(Sample sample) {
    if (samples.size() == CAPACITY) {
      samples.removeFirst();
    }
    samples.addLast(sample);
    size = samples.size();
  }

  /** The first so many, which stay. */
  synchronized List<Sample> first(int most) {
    List<Sample> first = new ArrayList<>(Math.min(most, samples.size()));
    for (Sample sample : samples) {
      if (first.size() == most) {
        break;
      }
      first.add(sample);
    }
    return first;
  }

  /** Forgets those, as far as they have not been pushed out yet. */
  synchronized void remove(List<Sample> written) {
    samples.removeAll(written);
    size = samples.size();
  }

  /** How many wait. Never waits itself: monitors ask on event loops. */
  int size() {
    return size;
  }
}
