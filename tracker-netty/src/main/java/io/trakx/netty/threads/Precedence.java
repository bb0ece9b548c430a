package io.trakx.netty.threads;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Has threads that answer run before others that want the same processor, be they another
 * program's, or Java's own that compile and collect.
 *
 * <p>Linux lets a thread go on that runs until its slice is over, which it looks at as seldom as
 * each 4 ms; whoever wakes meanwhile waits that long. Since Linux 6.12 a thread that wakes and asks
 * for a shorter slice comes first, provided that it had no more than its share yet. So those that
 * answer ask for a short one, and those that compile and collect have a higher nice value, with
 * which next to all of a contended processor is the others' share. Nobody gets less than before but
 * those; and they all that is left.
 *
 * <p>At 300 announces a second over HTTP beside the clients that sent them, on two cores, six turns
 * each, in turn: p99 1.2 ms without either, 1.3 with the nice value alone, 0.8 with both.
 *
 * <p>Elsewhere than on Linux, and where the system forbids it, all stays as it is.
 */
public final class Precedence implements Runnable {
  /** How often to look, as Java begins threads of its own when it needs them. */
  public static final Duration INTERVAL = Duration.ofMinutes(1);

  /** A slice that some announces fit in, and twice the shortest that the system grants. */
  static final long SLICE_NANOS = 200_000;

  /** Steps of nice that leave a thread a quarter of a processor that one other wants whole. */
  static final int STEPS = 5;

  private static final Logger LOG = LogManager.getLogger(Precedence.class);
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final int LOWEST = 19;

  /** Event loops, and the threads that make pages. */
  private static final List<String> ANSWERING = List.of("trakx-loop", "trakx-metrics", "trakx-web");

  /** Of the collector those that work; the one that begins its pauses must not wait. */
  private static final List<String> JAVAS_OWN =
      List.of("C1 Compiler", "C2 Compiler", "Shenandoah GC");

  private final List<String> first;
  private final List<String> later;

  /**
   * @param first how the names of those begin that answer, as the system has them: 15 bytes
   * @param later likewise of those that can wait
   */
  Precedence(List<String> first, List<String> later) {
    this.first = List.copyOf(first);
    this.later = List.copyOf(later);
  }

  /** That of the tracker's threads. */
  public static Precedence ofTracker() {
    return new Precedence(ANSWERING, JAVAS_OWN);
  }

  /** Looks at all threads that there are now. */
  @Override
  public void run() {
    LinuxScheduler.here().ifPresent(this::order);
  }

  private void order(LinuxScheduler scheduler) {
    int behind = Math.min(LOWEST, scheduler.nice() + STEPS);
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        String name = name(thread);
        int id = Integer.parseInt(thread.getFileName().toString());
        boolean refused =
            (beginsWithOneOf(name, first) && !scheduler.setSlice(id, SLICE_NANOS))
                || (beginsWithOneOf(name, later) && !scheduler.setNice(id, behind));
        if (refused) {
          LOG.debug("the system leaves thread {} as it is", name);
        }
      }
    } catch (IOException e) {
      LOG.debug("threads stay as they are", e);
    }
  }

  private static boolean beginsWithOneOf(String name, List<String> beginnings) {
    return beginnings.stream().anyMatch(name::startsWith);
  }

  /** Empty if it has ended. */
  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
