package io.trakx.bench.load;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Which swarm the next request is about. */
sealed interface SwarmChoice {
  /** A swarm's number, 0 to one less than there are. */
  int next(SplittableRandom random);

  /** Every swarm as often as any other: the worst case for caches. */
  record Uniform(int swarms) implements SwarmChoice {
    @Override
    public int next(SplittableRandom random) {
      return random.nextInt(swarms);
    }
  }

  /** Zipf's law: the swarm of rank r is chosen as often as 1/r to the power of the exponent. */
  final class Zipf implements SwarmChoice {
    private final double[] cumulative;

    Zipf(int swarms, double exponent) {
      cumulative = new double[swarms];
      double sum = 0;
      for (int rank = 0; rank < swarms; rank++) {
        sum += Math.pow(rank + 1, -exponent);
        cumulative[rank] = sum;
      }
    }

    @Override
    public int next(SplittableRandom random) {
      double point = random.nextDouble() * cumulative[cumulative.length - 1];
      int found = Arrays.binarySearch(cumulative, point);
      return found >= 0 ? found : -found - 1;
    }
  }
}
