package io.trakx.netty.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class WakeupCoalescingTest {
  private static final long REST = WakeupCoalescing.REST.toNanos();

  private final List<Long> rests = new ArrayList<>();
  private final Queue<Integer> events = new ArrayDeque<>();
  private long now = 1;
  private final WakeupCoalescing strategy =
      new WakeupCoalescing(
          () -> now,
          nanos -> {
            rests.add(nanos);
            now += nanos;
          });

  @Test
  void aLoopThatFindsSomethingEachTimeNeverRests() throws Exception {
    assertThat(look(3)).isEqualTo(3);
    assertThat(look(64)).isEqualTo(64);
    assertThat(rests).isEmpty();
  }

  @Test
  void aLoopThatIsSeldomWokenWaitsAtOnce() throws Exception {
    assertThat(look(0)).isEqualTo(SelectStrategy.SELECT);
    now += REST;
    assertThat(look(0)).isEqualTo(SelectStrategy.SELECT);
    assertThat(rests).isEmpty();
  }

  @Test
  void aLoopThatWasWokenSoonRestsAndLooksBeforeItWaits() throws Exception {
    wokenSoon();
    assertThat(look(0, 5)).isEqualTo(5);
    assertThat(rests).containsExactly(REST);
    assertThat(look(0, 7)).as("as long as it finds something").isEqualTo(7);
    assertThat(look(2)).as("without a rest where there is something").isEqualTo(2);
    assertThat(rests).hasSize(2);
  }

  @Test
  void aRestInVainIsTheLast() throws Exception {
    wokenSoon();
    assertThat(look(0, 0)).isEqualTo(SelectStrategy.SELECT);
    now += REST;
    assertThat(look(1)).isEqualTo(1);
    assertThat(look(0)).isEqualTo(SelectStrategy.SELECT);
    assertThat(rests).hasSize(1);
  }

  @Test
  void tasksNeverWaitForARest() throws Exception {
    wokenSoon();
    assertThat(strategy.calculateStrategy(() -> 0, true)).isZero();
    assertThat(rests).isEmpty();
  }

  private void wokenSoon() throws Exception {
    assertThat(look(0)).isEqualTo(SelectStrategy.SELECT);
    now += REST - 1;
  }

  /** What a loop without tasks is told to do that finds so many events each time it looks. */
  private int look(Integer... found) throws Exception {
    events.addAll(Arrays.asList(found));
    int result = strategy.calculateStrategy(events::remove, false);
    assertThat(events).as("looked for").isEmpty();
    return result;
  }
}
