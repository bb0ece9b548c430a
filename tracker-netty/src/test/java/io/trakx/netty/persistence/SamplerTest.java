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
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
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
  void aMinuteThatComesAgainHasAllThatWasCountedInIt() {
    announces(5);
    now = MINUTE.plusSeconds(60);
    sampler.minuteEnded();
    announces(3);
    now = now.plus(Duration.ofSeconds(1));
    sampler.minuteEnded();
    announces(2);
    sampler.minuteEnded();
    assertThat(ring.first(10)).extracting(Sample::begins).containsExactly(MINUTE);
    assertThat(latest().announces()).isEqualTo(10);
  }

  @Test
  void whatIsCountedInAMinuteThatIsBeingWrittenStays() {
    announces(5);
    now = MINUTE.plusSeconds(60);
    sampler.minuteEnded();
    List<Sample> written = ring.first(10);
    announces(3);
    sampler.minuteEnded();
    ring.remove(written);
    assertThat(ring.first(10)).extracting(Sample::announces).containsExactly(3L);
    ring.remove(ring.first(10));
    assertThat(ring.size()).isZero();
  }

  @Test
  void theEarliestMinutesGiveWayAfterAWeek() {
    now = MINUTE;
    for (int minute = 0; minute < SampleRing.CAPACITY + 2; minute++) {
      now = now.plusSeconds(60);
      sampler.minuteEnded();
    }
    assertThat(ring.size()).isEqualTo(SampleRing.CAPACITY);
    assertThat(ring.first(1)).extracting(Sample::begins).containsExactly(MINUTE.plusSeconds(120));
  }

  /** However late a sample is, the next is that of the minute after its own, at that one's end. */
  @Property
  void theNextSampleIsThatOfTheNextMinute(@ForAll @LongRange(max = 120_000) long sinceMinute) {
    long taken = MINUTE.toEpochMilli() + sinceMinute;
    long next = taken + Sampling.millisToNext(taken);
    assertThat(next % 60_000).isZero();
    assertThat(minuteOf(next)).isEqualTo(minuteOf(taken).plusSeconds(60));
    assertThat(Sampling.millisToEnd(taken)).isBetween(1L, 60_000L);
  }

  private Instant minuteOf(long millis) {
    SampleRing taken = new SampleRing();
    InstantSource then = () -> Instant.ofEpochMilli(millis);
    new Sampler(
            () -> new StoreTotals(1, 2, 3, 4, 5, 6, 7),
            () -> new MemoryUse(8, 9),
            counters,
            taken,
            then.withZone(ZoneOffset.UTC))
        .minuteEnded();
    return taken.first(1).getFirst().begins();
  }
}
