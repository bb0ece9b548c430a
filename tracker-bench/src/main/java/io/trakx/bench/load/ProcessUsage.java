package io.trakx.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Tells what a process uses, from {@code /proc/PID}. */
final class ProcessUsage {
  /** What /proc counts time in: USER_HZ, 100 on every Linux. */
  private static final long MICROS_PER_TICK = 10_000;

  /** Fields of {@code stat} counted from the one behind the name, which may hold blanks. */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;

  private final Path directory;

  ProcessUsage(long pid) {
    this(Path.of("/proc", Long.toString(pid)));
  }

  ProcessUsage(Path directory) {
    this.directory = directory;
  }

  /**
   * Processor time of all threads, living and ended.
   *
   * @param userMicros in user space
   * @param systemMicros in the kernel
   */
  record Cpu(long userMicros, long systemMicros) {
    Cpu minus(Cpu earlier) {
      return new Cpu(userMicros - earlier.userMicros, systemMicros - earlier.systemMicros);
    }
  }

  /**
   * Memory that is in RAM.
   *
   * @param residentBytes shared pages counted whole (RSS)
   * @param proportionalBytes shared pages divided among their users (PSS); 0 if the kernel does not
   *     tell
   */
  record Memory(long residentBytes, long proportionalBytes) {}

  Cpu cpu() throws IOException {
    String stat = Files.readString(directory.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new Cpu(
        Long.parseLong(fields[USER_TICKS]) * MICROS_PER_TICK,
        Long.parseLong(fields[SYSTEM_TICKS]) * MICROS_PER_TICK);
  }

  /** Walks the process's page tables, which holds it up for a while. */
  Memory memory() throws IOException {
    return new Memory(
        bytes(directory.resolve("status"), "VmRSS:"),
        bytes(directory.resolve("smaps_rollup"), "Pss:"));
  }

  private static long bytes(Path file, String label) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
    for (String line : lines) {
      if (line.startsWith(label)) {
        String kibibytes = line.substring(label.length()).replace("kB", "").strip();
        return Long.parseLong(kibibytes) * 1024;
      }
    }
    return 0;
  }
}
