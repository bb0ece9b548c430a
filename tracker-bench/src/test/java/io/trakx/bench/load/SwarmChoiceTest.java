package io.trakx.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SwarmChoiceTest {
  private static final int DRAWS = 1_000_000;

  private static int[] draw(SwarmChoice choice, int swarms) {
    SplittableRandom random = new SplittableRandom(42);
    int[] counts = new int[swarms];
    for (int i = 0; i < DRAWS; i++) {
      counts[choice.next(random)]++;
    }
    return counts;
  }

  @Test
  void zipfChoosesByTheInverseOfTheRank() {
    int[] counts = draw(new SwarmChoice.Zipf(1000, 1), 1000);

    double harmonic = 7.485470860550345;
    assertThat((double) counts[0]).isCloseTo(DRAWS / harmonic, Percentage.withPercentage(2));
    assertThat((double) counts[9]).isCloseTo(DRAWS / harmonic / 10, Percentage.withPercentage(4));
    assertThat(counts[999]).isPositive();
  }

  @Test
  void uniformChoosesAllAlike() {
    int[] counts = draw(new SwarmChoice.Uniform(10), 10);

    for (int count : counts) {
      assertThat((double) count).isCloseTo(DRAWS / 10.0, Percentage.withPercentage(2));
    }
  }
}
