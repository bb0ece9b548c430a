package io.trakx.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.stats.DurationHistogram.Durations;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurationHistogramTest {
  private final DurationHistogram histogram = new DurationHistogram();

  @Test
  void aBoundBelongsToTheBucketBelowIt() {
    List<Long> bounds = DurationHistogram.boundsNanos();
    for (long bound : bounds) {
      histogram.record(bound);
    }

    Durations durations = DurationHistogram.sum(List.of(histogram));

    assertThat(durations.counts().subList(0, bounds.size())).containsOnly(1L);
    assertThat(durations.counts().getLast()).isZero();
    assertThat(durations.sumNanos()).isEqualTo(bounds.stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void theLastBucketTakesWhateverIsLonger() {
    histogram.record(DurationHistogram.boundsNanos().getLast() + 1);
    histogram.record(1L << 50);

    assertThat(DurationHistogram.sum(List.of(histogram)).counts().getLast()).isEqualTo(2);
  }

  @Test
  void aClockThatGoesBackTakesNothingAway() {
    histogram.record(-5);

    Durations durations = DurationHistogram.sum(List.of(histogram));

    assertThat(durations.counts().getFirst()).isEqualTo(1);
    assertThat(durations.sumNanos()).isZero();
  }

  @Test
  void severalAreAddedUp() {
    histogram.record(10);

    Durations durations = DurationHistogram.sum(Collections.nCopies(3, histogram));

    assertThat(durations.count()).isEqualTo(3);
    assertThat(durations.sumNanos()).isEqualTo(30);
  }
}
