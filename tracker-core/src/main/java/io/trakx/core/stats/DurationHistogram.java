package io.trakx.core.stats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How often something took how long. One thread records, any thread reads; recording makes no
 * garbage.
 *
 * <pre>
 * counts   [0, 1 us] (1 us, 2.5 us] ... (0.5 s, 1 s]   (1 s, infinity)   sum in ns
 * index     0         1                  BOUNDS - 1     BOUNDS            SUM
 * </pre>
 */
public final class DurationHistogram {
  /** Upper bounds of the buckets but the last, which has none; three in each power of ten. */
  private static final List<Long> BOUNDS_NANOS =
      List.of(
          1_000L,
          2_500L,
          5_000L,
          10_000L,
          25_000L,
          50_000L,
          100_000L,
          250_000L,
          500_000L,
          1_000_000L,
          2_500_000L,
          5_000_000L,
          10_000_000L,
          25_000_000L,
          50_000_000L,
          100_000_000L,
          250_000_000L,
          500_000_000L,
          1_000_000_000L);

  private static final int BOUNDS = BOUNDS_NANOS.size();
  private static final int SUM = BOUNDS + 1;

  private final long[] bounds = BOUNDS_NANOS.stream().mapToLong(Long::longValue).toArray();
  private final OwnedCounts counts = new OwnedCounts(SUM + 1);

  /**
   * Durations of one kind.
   *
   * @param counts how many lie in each bucket, above the bound before its own; the last bucket has
   *     no bound, so that there is one count more than {@link #boundsNanos()}
   * @param sumNanos all of them together
   */
  public record Durations(List<Long> counts, long sumNanos) {
    /** How many there are. */
    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }

  /** The upper bounds of all buckets but the last, ascending, themselves included. */
  public static List<Long> boundsNanos() {
    return BOUNDS_NANOS;
  }

  /** Counts a duration; below 0, as clocks may tell, is 0. For one thread only. */
  public void record(long nanos) {
    int bucket = 0;
    while (bucket < bounds.length && nanos > bounds[bucket]) {
      bucket++;
    }
    counts.increment(bucket);
    counts.add(SUM, Math.max(0, nanos));
  }

  /** What all of {@code histograms} hold together. */
  public static Durations sum(Collection<DurationHistogram> histograms) {
    List<Long> counts = new ArrayList<>();
    for (int bucket = 0; bucket <= BOUNDS; bucket++) {
      counts.add(sum(histograms, bucket));
    }
    return new Durations(List.copyOf(counts), sum(histograms, SUM));
  }

  private static long sum(Collection<DurationHistogram> histograms, int index) {
    long sum = 0;
    for (DurationHistogram histogram : histograms) {
      sum += histogram.counts.get(index);
    }
    return sum;
  }
}
