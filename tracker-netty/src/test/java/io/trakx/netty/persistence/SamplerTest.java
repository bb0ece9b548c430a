package io.trakx.netty.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreTotals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Each thing counted is in one minute's sample, and in the right one. */
class SamplerTest {
  private static final Instant MINUTE = Instant.parse("2026-11-24T12:34:00Z");

  private final Counters counters = new Counters();
  private final SampleRing ring = new SampleRing();
  private Instant now = MINUTE.plusSeconds(40);
  private final InstantSource source = () -> now;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final Sampler sampler =
      new Sampler(
          () -> new StoreTotals(1, 2, 3, 4, 5, 6, 7),
          () -> new MemoryUse(8, 9),
          counters,
          ring,
          clock);

  private void announces(int count) {
    counters.add(TrackerCounter.ANNOUNCES, count);
  }

  private Sample latest() {
    return ring.first(10).getLast();
  }

  @Test
  void aMinuteHasWhatWasCountedInIt() {
    announces(5);
    now = MINUTE.plusSeconds(60);
    sampler.minuteEnded();
    assertThat(latest().begins()).isEqualTo(MINUTE);
    assertThat(latest().announces()).isEqualTo(5);
    assertThat(latest().peers()).isEqualTo(3 + 4 + 5 + 6);
    assertThat(latest().memory()).isEqualTo(new MemoryUse(8, 9));
    announces(2);
    // A little late.
    now = MINUTE.plusSeconds(123);
    sampler.minuteEnded();
    assertThat(latest().begins()).isEqualTo(MINUTE.plusSeconds(60));
    assertThat(latest().announces()).isEqualTo(2);
  }

  @Test
  void theEndOfAProcessCountsToTheMinuteInWhichItIs() {
    announces(5);
    sampler.processEnds();
    assertThat(latest().begins()).isEqualTo(MINUTE);
    assertThat(latest().announces()).isEqualTo(5);
  }

  @Test
  void aClockSetBackMakesNoTwoSamplesOfAMinute() {
    announces(5);
    now = MINUTE.plusSeconds(60);
    sampler.minuteEnded();
    announces(3);
    now = now.plus(Duration.ofSeconds(1));
    sampler.minuteEnded();
    assertThat(ring.first(10)).extracting(Sample::begins).doesNotHaveDuplicates();
    assertThat(ring.first(10)).extracting(Sample::announces).containsExactly(5L, 3L);
  }
}
