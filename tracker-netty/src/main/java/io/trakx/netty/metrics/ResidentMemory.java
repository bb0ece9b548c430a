package io.trakx.netty.metrics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What of this process lies in RAM, as Linux tells it. */
public final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "\nVmRSS:";
  private static final String KIBIBYTES = " kB\n";

  private ResidentMemory() {}

  /** Its size, or nothing where the system does not say. */
  public static OptionalLong bytes() {
    try {
      String status = Files.readString(STATUS, ISO_8859_1);
      int begin = status.indexOf(RESIDENT) + RESIDENT.length();
      int end = status.indexOf(KIBIBYTES, begin);
      if (begin >= RESIDENT.length() && end >= 0) {
        return OptionalLong.of(1024 * Long.parseLong(status.substring(begin, end).strip()));
      }
    } catch (IOException e) {
      // Not Linux, or kept from it.
    }
    return OptionalLong.empty();
  }
}
