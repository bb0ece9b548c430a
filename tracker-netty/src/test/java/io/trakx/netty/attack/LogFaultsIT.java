package io.trakx.netty.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.e2e.Await;
import io.trakx.netty.e2e.TrakxProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A log file that cannot be written. */
@Tag("slow")
@Timeout(300)
@Isolated("It measures what the tracker's process takes.")
class LogFaultsIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration WHILE = Effort.of(2, 0.01);

  @TempDir private Path directory;

  @Test
  void aLogDirectoryThatCannotBeWrittenCostsNoLineAndIsTriedAgain() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 1)) {
      Path logs = Files.createDirectory(disk.path().resolve("logs"));
      Path file = logs.resolve("trakx.log");
      // So long that it is rolled soon.
      Files.writeString(file, "x".repeat(99).concat("\n").repeat(605));
      try (TrakxProcess tracker =
              Attacked.start(
                  directory,
                  "log.file=" + file,
                  "log.file_max_size=64KiB",
                  "log.level=debug",
                  "snapshot.interval=1s",
                  "database.flush_interval=1s",
                  "peers.sweep_interval=1s");
          NormalClients clients = NormalClients.of(tracker)) {
        Latencies before = clients.calm();
        disk.fill();
        awaitWord(tracker, "cannot be written: java.io.IOException: No space left on device");
        awaitWord(tracker, " DEBUG ");
        disk.empty();
        awaitLines(file);
        Path away = Files.move(logs, logs.resolveSibling("away"));
        Files.writeString(logs, "in the way");
        awaitWord(tracker, "NotDirectoryException: " + logs);
        Wait.last(WHILE);
        Latencies during = clients.lap();
        Files.delete(logs);
        Files.move(away, logs);
        awaitLines(file);
        Latencies after = clients.calm();
        AttackTable.add(
            "log directory full, then not writable",
            "a full disk, then a file in the directory's place",
            "says so on standard error, where the lines go meanwhile; the file goes on by itself",
            before,
            during,
            after);
        assertThat(during.faults()).isEmpty();
        assertThat(tracker.log().lines().filter(line -> line.startsWith("trakx: the log file")))
            .hasSizeBetween(1, 4);
        assertThat(tracker.log().lines())
            .allMatch(line -> line.startsWith("trakx: ") || line.startsWith("20"));
      }
    }
  }

  private static void awaitWord(TrakxProcess tracker, String text) {
    Await.until("output of " + text, LIMIT, tracker::log, log -> log.contains(text));
  }

  /** Waits until the log file grows, or is a new one. */
  private static void awaitLines(Path file) throws IOException {
    long size = Files.size(file);
    Await.until("lines in the log", LIMIT, () -> sizeOf(file), now -> now != size && now > 0);
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
