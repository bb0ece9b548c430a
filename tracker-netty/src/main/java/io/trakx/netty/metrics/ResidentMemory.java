package io.trakx.netty.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What of this process lies in RAM, as Linux tells it. */
public final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final String KIBIBYTES = " kB";

  private ResidentMemory() {}

  /** Its size, or nothing where the system does not say. */
  public static OptionalLong bytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(RESIDENT) && line.endsWith(KIBIBYTES)) {
          String figure = line.substring(RESIDENT.length(), line.length() - KIBIBYTES.length());
          return OptionalLong.of(1024 * Long.parseLong(figure.strip()));
        }
      }
    } catch (IOException e) {
      // Not Linux, or kept from it.
    }
    return OptionalLong.empty();
  }
}
