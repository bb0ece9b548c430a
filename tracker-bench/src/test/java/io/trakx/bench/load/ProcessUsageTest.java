package io.trakx.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessUsageTest {
  @TempDir Path directory;

  @Test
  void readsTimesAlsoBehindANameWithBlanksAndBrackets() throws IOException {
    Files.writeString(
        directory.resolve("stat"),
        "42 (a) b) S 1 42 42 0 -1 4194560 100 0 0 0 250 30 0 0 20 0 5 0 999 0 0");

    assertThat(new ProcessUsage(directory).cpu())
        .isEqualTo(new ProcessUsage.Cpu(2_500_000, 300_000));
  }

  @Test
  void readsMemory() throws IOException {
    Files.writeString(directory.resolve("status"), "Name:\tx\nVmRSS:\t   2048 kB\n");
    assertThat(new ProcessUsage(directory).memory()).isEqualTo(new ProcessUsage.Memory(2 << 20, 0));

    Files.writeString(directory.resolve("smaps_rollup"), "Rss: 9 kB\nPss:       1024 kB\n");
    assertThat(new ProcessUsage(directory).memory())
        .isEqualTo(new ProcessUsage.Memory(2 << 20, 1 << 20));
  }

  @Test
  void knowsThisProcess() throws IOException {
    ProcessUsage self = new ProcessUsage(ProcessHandle.current().pid());

    assertThat(self.cpu().userMicros()).isPositive();
    assertThat(self.memory().residentBytes()).isPositive();
  }
}
