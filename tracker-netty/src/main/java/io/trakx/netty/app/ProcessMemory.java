package io.trakx.netty.app;

import io.trakx.netty.metrics.ResidentMemory;
import io.trakx.netty.persistence.MemoryUse;

/** What memory this process has, for its history. */
final class ProcessMemory {
  private ProcessMemory() {}

  static MemoryUse now() {
    Runtime runtime = Runtime.getRuntime();
    return new MemoryUse(
        runtime.totalMemory() - runtime.freeMemory(), ResidentMemory.bytes().orElse(0));
  }
}
