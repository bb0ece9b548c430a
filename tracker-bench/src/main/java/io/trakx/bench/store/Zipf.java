package io.trakx.bench.store;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Zipf's law with exponent 1: what has rank r is as popular as 1/r.
 *
 * <p>Content popularity in BitTorrent comes close to it in the head; the tail is flatter.
 */
final class Zipf {
  private final double[] cumulative;

  /** The law over ranks 0 to {@code ranks - 1}. */
  Zipf(int ranks) {
    cumulative = new double[ranks];
    double sum = 0;
    for (int rank = 0; rank < ranks; rank++) {
      sum += 1.0 / (rank + 1);
      cumulative[rank] = sum;
    }
  }

  /** A rank at random. */
  int next(SplittableRandom random) {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    return found >= 0 ? found : -found - 1;
  }

  /** Shares {@code total} out by rank, at least 1 and at most {@code most} to each. */
  static void sizes(int[] sizes, int total, int most) {
    double low = 0;
    double high = total;
    for (int i = 0; i < 60; i++) {
      double scale = (low + high) / 2;
      long sum = 0;
      for (int rank = 0; rank < sizes.length; rank++) {
        sizes[rank] = (int) Math.clamp(scale / (rank + 1), 1, most);
        sum += sizes[rank];
      }
      if (sum > total) {
        high = scale;
      } else {
        low = scale;
      }
    }
  }
}
