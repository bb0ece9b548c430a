package io.trakx.netty.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeriesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:34:56Z");

  private static HistorySample sample(Instant begins, Duration length, long held, long counted) {
    return new HistorySample(
        begins, length, held, held, held, held, counted, counted, counted, held, 0);
  }

  @ParameterizedTest
  @EnumSource(Range.class)
  void aRangeHasAsManyStepsAsAScreenCanTellApartAndEndsNow(Range range) {
    Series series = Series.of(range, NOW, List.of());

    assertThat(series.size()).isBetween(50, 300);
    long end = series.fromSecond() + series.size() * range.step().toSeconds();
    assertThat(end).isBetween(NOW.getEpochSecond(), NOW.plus(range.step()).getEpochSecond());
    assertThat(series.values(Figure.PEERS)).containsOnly(Double.NaN);
    assertThat(Chart.PEERS.sentence(series)).isEqualTo("Nothing recorded in this time yet.");
  }

  @Test
  void samplesOfOneStepBecomeTheirMeanAndWhatTheyCountedTheirRate() {
    Duration minute = Duration.ofMinutes(1);
    List<HistorySample> samples = new ArrayList<>();
    Instant begin = Instant.parse("2026-11-24T12:25:00Z");
    for (int i = 0; i < 5; i++) {
      samples.add(sample(begin.plus(minute.multipliedBy(i)), minute, 10 + i, 60L * i));
    }
    // A pause of two minutes, of which nobody knows.
    samples.add(sample(begin.plusSeconds(300), minute, 100, 600));
    Series series = Series.of(Range.DAY, NOW, samples);

    double[] seeders = series.values(Figure.SEEDERS);
    double[] announces = series.values(Figure.ANNOUNCES);
    int last = seeders.length - 1;
    assertThat(seeders[last - 1]).isEqualTo(12);
    assertThat(announces[last - 1]).isEqualTo(2);
    assertThat(seeders[last]).isEqualTo(100);
    assertThat(announces[last]).isEqualTo(10);
    assertThat(seeders[last - 2]).isNaN();
    assertThat(series.values(Figure.RESIDENT)).containsOnly(Double.NaN);
    assertThat(series.summary(Figure.PEERS)).isEqualTo(new Series.Summary(24, 112, 200, 200));
    assertThat(Chart.MEMORY.sentence(series)).contains("of heap");
  }

  @Test
  void whatIsOutsideOfTheRangeIsLeftOut() {
    Series series =
        Series.of(
            Range.HOUR,
            NOW,
            List.of(
                sample(NOW.minusSeconds(7200), Duration.ofMinutes(1), 1, 1),
                sample(NOW.plusSeconds(600), Duration.ofMinutes(1), 1, 1)));

    assertThat(series.summary(Figure.PEERS).known()).isFalse();
  }
}
