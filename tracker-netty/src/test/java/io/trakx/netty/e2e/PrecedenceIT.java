package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.testing.ThreadStat;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose turn it is first in the distribution where a processor is short. */
class PrecedenceIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final List<String> LATER =
      List.of("C1 CompilerThre", "C2 CompilerThre", "Shenandoah GC T");

  @TempDir Path directory;

  @Test
  void compilerAndCollectorGiveWayToEventLoops() throws Exception {
    try (TrakxProcess tracker =
        TrakxProcess.start(directory, UnaryOperator.identity(), List.of("127.0.0.1:0"))) {
      Path threads = Path.of("/proc/" + tracker.pid() + "/task");
      int usual = ThreadStat.nice(threads.resolve(Long.toString(tracker.pid())));
      Set<String> later =
          Await.until(
              "threads that give way",
              LIMIT,
              () -> niceAbove(usual, threads),
              names -> names.containsAll(LATER));
      assertThat(later).noneMatch(name -> name.startsWith("trakx-loop"));
    }
  }

  /** The names that the system has of those threads. */
  private static Set<String> niceAbove(int usual, Path threads) {
    Set<String> names = new HashSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
      for (Path thread : all) {
        if (ThreadStat.nice(thread) > usual) {
          names.add(Files.readString(thread.resolve("comm")).strip());
        }
      }
    } catch (IOException e) {
      // One has ended meanwhile; who asks does so again.
      return Set.of();
    }
    return names;
  }
}
