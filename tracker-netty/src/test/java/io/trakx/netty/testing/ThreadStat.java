package io.trakx.netty.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of a thread. */
public final class ThreadStat {
  private ThreadStat() {}

  /**
   * Its nice value: the 19th field (proc_pid_stat(5)); the second may hold blanks.
   *
   * @param thread its directory, such as {@code /proc/thread-self}
   */
  public static int nice(Path thread) throws IOException {
    String stat = Files.readString(thread.resolve("stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }
}
