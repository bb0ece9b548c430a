package io.trakx.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LoadLoopTest {
  private static final long MILLI = 1_000_000;

  private final Population population = new Population(10, 10, 10);
  private final Tally tally = new Tally();
  private long nowNanos;

  private Requests requests() {
    return new Requests.AtRandom(
        population,
        new SwarmChoice.Uniform(10),
        RequestMix.parse("announce=1"),
        new SplittableRandom(1),
        false);
  }

  /** Answers everything at once, but for a while in which it answers nothing. */
  private final class StallingTracker implements Transport, Events {
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
    private final long stallStart;
    private final long stallEnd;
    private Listener listener = (_, _, _) -> {};

    StallingTracker(long stallStartMillis, long stallEndMillis) {
      stallStart = stallStartMillis * MILLI;
      stallEnd = stallEndMillis * MILLI;
    }

    /** Waiting makes time pass, a little even if it is for nothing, and the tracker work. */
    @Override
    public int await(int timeoutMillis) {
      nowNanos += Math.max(MILLI / 20, timeoutMillis * MILLI / 10);
      if (nowNanos < stallStart || nowNanos > stallEnd) {
        while (!waiting.isEmpty()) {
          listener.finished(waiting.remove(), Verdict.OK, 0);
        }
      }
      return 0;
    }

    @Override
    public long tag(int event) {
      throw new AssertionError("there are no sockets");
    }

    @Override
    public boolean writable(int event) {
      throw new AssertionError("there are no sockets");
    }

    @Override
    public void send(int slot, long now) {
      waiting.add(slot);
    }

    @Override
    public void ready(int tag, boolean writable) {
      throw new AssertionError("there are no sockets");
    }

    @Override
    public void abandon(int slot) {
      waiting.remove(slot);
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  private void run(StallingTracker tracker, Pace pace, int slots, Duration timeout) {
    LoadLoop loop =
        new LoadLoop(new Slots(slots), tracker, requests(), pace, tally, timeout, () -> nowNanos);
    tracker.listener = loop;
    loop.run(tracker, Duration.ofSeconds(1), Long.MAX_VALUE);
  }

  @Test
  void atAFixedRateAStallIsSeenByAllThatWereToBeSentMeanwhile() {
    run(new StallingTracker(400, 600), Pace.fixedRate(1000), 8, Duration.ofSeconds(9));

    assertThat(tally.answered()).isBetween(900L, 1001L);
    assertThat(tally.latencyMicros(100)).isBetween(190_000.0, 215_000.0);
    // A fifth of the requests was to be sent during the stall, the last tenth of all in its second
    // half and so waited for less than half of it.
    assertThat(tally.latencyMicros(90)).isBetween(80_000.0, 125_000.0);
    assertThat(tally.latencyMicros(50)).isLessThan(5_000);
  }

  @Test
  void inAClosedLoopAStallIsSeenOnlyByWhatIsInFlight() {
    run(new StallingTracker(400, 600), Pace.closedLoop(), 1, Duration.ofSeconds(9));

    assertThat(tally.latencyMicros(100)).isBetween(190_000.0, 215_000.0);
    assertThat(tally.latencyMicros(99)).isLessThan(5_000);
  }

  @Test
  void givesUpOnWhatIsNotAnsweredInTime() {
    run(new StallingTracker(400, 600), Pace.closedLoop(), 4, Duration.ofMillis(50));

    assertThat(tally.errors()).containsOnlyKeys(Verdict.TIMED_OUT);
  }
}
