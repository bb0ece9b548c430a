package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pearson's test of whether counts come from a uniform distribution.
 *
 * <p>The threshold is the quantile that uniform counts exceed once in a million, by Wilson's and
 * Hilferty's approximation (1931), good to a percent from a few degrees of freedom on. Seeds are
 * fixed, so a passing test keeps passing; the quantile is chosen such that no change of the code
 * that leaves it fair is likely to fail one.
 */
final class ChiSquare {
  private static final double NORMAL_QUANTILE = 4.753;

  private ChiSquare() {}

  static void assertUniform(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    double expected = (double) sum / counts.length;
    assertThat(expected).as("enough samples for the test to hold").isGreaterThan(10);
    double statistic = 0;
    for (long count : counts) {
      statistic += (count - expected) * (count - expected) / expected;
    }
    int freedom = counts.length - 1;
    double share = 2.0 / (9 * freedom);
    double threshold = freedom * Math.pow(1 - share + NORMAL_QUANTILE * Math.sqrt(share), 3);
    assertThat(statistic).as("chi-square of %d counts", counts.length).isLessThan(threshold);
  }

  /**
   * Asserts that every count lies within six standard deviations of its binomial distribution; for
   * counts that depend on each other, which the test above does not allow.
   */
  static void assertEachNear(long[] counts, long trials, double probability) {
    double expected = trials * probability;
    double bound = 6 * Math.sqrt(expected * (1 - probability)) + 1;
    for (long count : counts) {
      assertThat(Math.abs(count - expected)).as("%s of %s", count, expected).isLessThan(bound);
    }
  }
}
