package io.trakx.netty.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What the kernel says of threads, before and after. */
class BackgroundPriorityTest {
  private static final Executor NEW_THREAD = task -> new Thread(task, "background").start();

  @Test
  void threadAndThoseItBeginsGiveWayAndNoOther() {
    int before = nice();
    CompletableFuture.runAsync(
            () -> {
              assertThat(nice()).isEqualTo(before);
              BackgroundPriority.take();
              assertThat(nice()).isEqualTo(BackgroundPriority.NICE);
              assertThat(CompletableFuture.supplyAsync(BackgroundPriorityTest::nice, NEW_THREAD))
                  .succeedsWithin(Duration.ofSeconds(20))
                  .isEqualTo(BackgroundPriority.NICE);
            },
            NEW_THREAD)
        .join();
    assertThat(nice()).isEqualTo(before);
  }

  /** Of the calling thread: the 19th field (proc_pid_stat(5)), the second may hold blanks. */
  private static int nice() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
