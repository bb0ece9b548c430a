package io.trakx.netty.persistence;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Lets a thread, and those that it begins from then on, give way to those that answer announces.
 *
 * <p>Java's own thread priorities mean nothing on Linux without options that only root may use
 * without a warning. A nice value of {@value #NICE} leaves a thread a tenth of a core that others
 * want whole, and all of one that nobody wants (setpriority(2), sched(7)).
 */
final class BackgroundPriority {
  /** Of 19, at which a busy core would leave a flush next to nothing. */
  static final int NICE = 10;

  private static final Logger LOG = LogManager.getLogger(BackgroundPriority.class);
  private static final int PRIO_PROCESS = 0;

  /** On Linux a thread, not the process. */
  private static final int CALLER = 0;

  private BackgroundPriority() {}

  /** For the calling thread; where the system refuses or has no such thing, all stays as it is. */
  @SuppressWarnings("restricted") // a function of the C library, with the types that it has
  static void take() {
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle setpriority =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setpriority"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
      if ((int) setpriority.invokeExact(PRIO_PROCESS, CALLER, NICE) != 0) {
        LOG.debug("the system refuses to lower the priority of the database's thread");
      }
    } catch (Throwable e) {
      LOG.debug("the priority of the database's thread stays as it is", e);
    }
  }
}
