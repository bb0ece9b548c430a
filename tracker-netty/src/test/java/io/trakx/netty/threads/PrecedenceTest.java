package io.trakx.netty.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.testing.ThreadStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What the kernel says of threads, before and after. */
class PrecedenceTest {
  private static final Precedence PRECEDENCE =
      new Precedence(List.of("test-first"), List.of("test-later"));
  private static final int LOWEST = 19;

  private final LinuxScheduler scheduler = LinuxScheduler.here().orElseThrow();

  @Test
  void thoseThatAnswerAskForShortSlices() throws IOException {
    try (Idle thread = new Idle("test-first-1")) {
      // Before Linux 6.12 there are none to ask for.
      boolean hasSlices = scheduler.slice(thread.id()) > 0;
      PRECEDENCE.run();
      assertThat(scheduler.slice(thread.id())).isEqualTo(hasSlices ? Precedence.SLICE_NANOS : 0);
      assertThat(nice(thread.id())).isEqualTo(scheduler.nice());
    }
  }

  @Test
  void thoseThatCanWaitGiveWayAndNoFurtherTheNextTime() throws IOException {
    try (Idle thread = new Idle("test-later-1")) {
      long slice = scheduler.slice(thread.id());
      PRECEDENCE.run();
      PRECEDENCE.run();
      assertThat(nice(thread.id()))
          .isEqualTo(Math.min(LOWEST, scheduler.nice() + Precedence.STEPS));
      assertThat(scheduler.slice(thread.id())).isEqualTo(slice);
    }
  }

  @Test
  void othersStayAsTheyAre() throws IOException {
    try (Idle thread = new Idle("test-other")) {
      long slice = scheduler.slice(thread.id());
      PRECEDENCE.run();
      assertThat(nice(thread.id())).isEqualTo(scheduler.nice());
      assertThat(scheduler.slice(thread.id())).isEqualTo(slice);
    }
  }

  @Test
  void refusalIsTold() {
    int none = Integer.MAX_VALUE;
    assertThat(scheduler.setSlice(none, Precedence.SLICE_NANOS)).isFalse();
    assertThat(scheduler.setNice(none, LOWEST)).isFalse();
    assertThat(scheduler.slice(none)).isZero();
  }

  private static int nice(int thread) throws IOException {
    return ThreadStat.nice(Path.of("/proc/self/task/" + thread));
  }

  /** A thread of a name, which waits to be closed. */
  private static final class Idle implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<Integer> id = new CompletableFuture<>();

    Idle(String name) {
      Thread.ofPlatform().name(name).start(this::run);
    }

    private void run() {
      try {
        id.complete(
            Integer.parseInt(Path.of("/proc/thread-self").toRealPath().getFileName().toString()));
        closed.await();
      } catch (IOException | InterruptedException e) {
        id.completeExceptionally(e);
      }
    }

    /** Its number, as the system has it. */
    int id() {
      return id.join();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
