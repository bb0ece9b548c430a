package io.trakx.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Processor time that a process uses from a moment on. Started by one thread, read by another. */
final class CpuMeter {
  private final ProcessUsage process;
  private volatile ProcessUsage.Cpu before = new ProcessUsage.Cpu(0, 0);

  CpuMeter(ProcessUsage process) {
    this.process = process;
  }

  /** Begins to count. */
  void start() {
    try {
      before = process.cpu();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was used since the start. */
  ProcessUsage.Cpu used() throws IOException {
    return process.cpu().minus(before);
  }
}
