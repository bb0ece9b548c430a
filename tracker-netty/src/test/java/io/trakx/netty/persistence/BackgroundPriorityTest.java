package io.trakx.netty.persistence;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.testing.ThreadStat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What the kernel says of threads, before and after. */
class BackgroundPriorityTest {
  private static final Executor NEW_THREAD = task -> new Thread(task, "background").start();
  private static final int LOWEST = 19;

  @Test
  void threadAndThoseItBeginsGiveWayAndNoOther() {
    int before = nice();
    int after = Math.min(LOWEST, before + BackgroundPriority.STEPS);
    CompletableFuture.runAsync(
            () -> {
              assertThat(nice()).isEqualTo(before);
              BackgroundPriority.take();
              assertThat(nice()).isEqualTo(after);
              assertThat(CompletableFuture.supplyAsync(BackgroundPriorityTest::nice, NEW_THREAD))
                  .succeedsWithin(Duration.ofSeconds(20))
                  .isEqualTo(after);
            },
            NEW_THREAD)
        .join();
    assertThat(nice()).isEqualTo(before);
  }

  @Test
  void threadStaysAsItIsWhereTheSystemRefuses() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment refusal = refusal(arena);
      assertStaysAfter(_ -> Optional.of(refusal));
    }
  }

  @Test
  void threadStaysAsItIsWhereThereIsNoSuchFunction() {
    assertStaysAfter(_ -> Optional.empty());
  }

  private static void assertStaysAfter(SymbolLookup library) {
    int before = nice();
    BackgroundPriority.take(() -> library);
    assertThat(nice()).isEqualTo(before);
  }

  /** A function that answers as nice(2) does where it is forbidden. */
  @SuppressWarnings("restricted") // a function with the types that it has
  private static MemorySegment refusal(Arena arena) {
    return Linker.nativeLinker()
        .upcallStub(
            MethodHandles.dropArguments(MethodHandles.constant(int.class, -1), 0, int.class),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT),
            arena);
  }

  /** Of the calling thread. */
  private static int nice() {
    try {
      return ThreadStat.nice(Path.of("/proc/thread-self"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
