package io.trakx.netty.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When Java is asked to collect: in processes of their own, of one collector each. */
class GarbageWatchTest {
  @Test
  void collectsOnceForWhatWasAllocatedSinceTheLastCollection()
      throws IOException, InterruptedException {
    assertThat(collections("-XX:+UseShenandoahGC", GarbageWatch.WORTH_BYTES)).isEqualTo("1 0");
  }

  @Test
  void leavesWhatIsNotWorthIt() throws IOException, InterruptedException {
    assertThat(collections("-XX:+UseShenandoahGC", GarbageWatch.WORTH_BYTES / 2)).isEqualTo("0 0");
  }

  @Test
  void asksNoCollectorThatWouldStopAll() throws IOException, InterruptedException {
    assertThat(collections("-XX:+UseSerialGC", GarbageWatch.WORTH_BYTES)).isEqualTo("0 0");
    assertThat(collections("-XX:+UseG1GC", GarbageWatch.WORTH_BYTES)).isEqualTo("0 0");
  }

  /** How many there were at the first look and at the second. */
  private static String collections(String collector, long allocated)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                new File(System.getProperty("java.home"), "bin/java").getPath(),
                collector,
                "-Xmx1g",
                "-Xms1g",
                "-cp",
                System.getProperty("java.class.path"),
                Allocation.class.getName(),
                Long.toString(allocated))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }

  /** Allocates what is wanted and keeps it, and looks twice. */
  static final class Allocation {
    private static final List<GarbageCollectorMXBean> COLLECTORS =
        ManagementFactory.getGarbageCollectorMXBeans();

    private Allocation() {}

    public static void main(String[] arguments) {
      // Whatever the start has left is none of it.
      System.gc();
      GarbageWatch watch = new GarbageWatch();
      List<byte[]> kept = new ArrayList<>();
      for (long bytes = Long.parseLong(arguments[0]); bytes > 0; bytes -= 1 << 20) {
        kept.add(new byte[1 << 20]);
      }
      long before = count();
      watch.run();
      long first = count();
      watch.run();
      System.out.println((first - before) + " " + (count() - first));
      if (kept.isEmpty()) {
        throw new IllegalStateException("nothing was allocated");
      }
    }

    /** Of cycles, where pauses are counted as well. */
    private static long count() {
      return COLLECTORS.stream()
          .filter(collector -> !collector.getName().endsWith("Pauses"))
          .mapToLong(GarbageCollectorMXBean::getCollectionCount)
          .sum();
    }
  }
}
