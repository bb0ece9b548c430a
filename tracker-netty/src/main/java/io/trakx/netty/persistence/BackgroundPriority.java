package io.trakx.netty.persistence;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Lets a thread, and those that it begins from then on, give way to those that answer announces.
 *
 * <p>Java's own thread priorities mean nothing on Linux without options that only root may use
 * without a warning. {@value #STEPS} steps of nice more leave a thread a tenth of a core that
 * others want whole, and all of one that nobody wants (nice(2), sched(7)). SCHED_BATCH would leave
 * it half of that core; SCHED_IDLE three thousandths, with which a flush has no end while the
 * tracker is at its limit.
 *
 * <p>Only root may take it back, so a thread keeps it to its end, and what must be done within a
 * time is another one's to do.
 *
 * <p>Whoever waits for such a thread waits at its pace, be it for a stripe's lock or for the JVM to
 * stop all threads. Threads of this process that wait leave it their core, so only other programs
 * can make that long.
 */
final class BackgroundPriority {
  /** To a nice value of 10 as a rule, of 19, at which a busy core has next to nothing left. */
  static final int STEPS = 10;

  private static final Logger LOG = LogManager.getLogger(BackgroundPriority.class);

  private BackgroundPriority() {}

  /** For the calling thread; where the system refuses or has no such thing, all stays as it is. */
  static void take() {
    // Elsewhere all threads of a process have the same.
    if (System.getProperty("os.name").equals("Linux")) {
      take(() -> Linker.nativeLinker().defaultLookup());
    }
  }

  /**
   * Likewise.
   *
   * @param library the C library, with nice(2)
   */
  @SuppressWarnings("restricted") // a function with the types that it has
  static void take(Supplier<SymbolLookup> library) {
    try {
      MethodHandle nice =
          Linker.nativeLinker()
              .downcallHandle(
                  library.get().findOrThrow("nice"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
      if ((int) nice.invokeExact(STEPS) == -1) {
        LOG.debug("the system refuses to lower the priority of the database's thread");
      }
    } catch (Throwable e) {
      LOG.debug("the priority of the database's thread stays as it is", e);
    }
  }
}
