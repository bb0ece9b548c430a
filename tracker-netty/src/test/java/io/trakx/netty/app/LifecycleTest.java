package io.trakx.netty.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.swarm.StoreTotals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  @Test
  void partsAreClosedTheOtherWayRoundAndAFailureKeepsNoneOpen() {
    List<String> closed = new ArrayList<>();
    Closing closing = new Closing();
    closing.add("first", () -> closed.add("first"));
    closing.add(
        "second",
        () -> {
          throw new IllegalStateException("stuck");
        });
    closing.add("third", () -> closed.add("third"));

    closing.close();
    closing.close();

    assertThat(closed).containsExactly("third", "first");
  }

  @Test
  void totalsAreCountedOnceASecond() {
    AtomicLong nanos = new AtomicLong(-5);
    AtomicInteger asked = new AtomicInteger();
    TotalsCache totals =
        new TotalsCache(
            () -> new StoreTotals(asked.incrementAndGet(), 0, 0, 0, 0, 0, 0), nanos::get);

    assertThat(totals.get().swarms()).isEqualTo(1);
    nanos.addAndGet(999_999_999);
    assertThat(totals.get().swarms()).isEqualTo(1);
    nanos.incrementAndGet();
    assertThat(totals.get().swarms()).isEqualTo(2);
  }

  @Test
  void signalRunsItsAction() throws IOException, InterruptedException {
    CountDownLatch came = new CountDownLatch(1);

    // No test tool and no JVM makes use of this one.
    Signals.handle("WINCH", came::countDown);
    assertThat(kill("WINCH")).isZero();

    assertThat(came.await(10, TimeUnit.SECONDS)).isTrue();
  }

  /** Sends a signal to this process. */
  private static int kill(String signal) throws IOException, InterruptedException {
    String pid = Long.toString(ProcessHandle.current().pid());
    return new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
  }
}
