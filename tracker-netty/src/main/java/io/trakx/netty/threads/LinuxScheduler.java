package io.trakx.netty.threads;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;

/**
 * What Linux's scheduler is asked and told of single threads of this process: getpriority(2),
 * setpriority(2), and sched_getattr(2) and sched_setattr(2), for which C libraries have no
 * functions yet. Thread-safe.
 */
final class LinuxScheduler {
  private static final int PRIO_PROCESS = 0;
  private static final int CALLING_THREAD = 0;
  private static final int SCHED_OTHER = 0;

  /** {@code struct sched_attr}, of which its first version is enough. */
  private static final long ATTRIBUTES_BYTES = 48;

  private static final long POLICY = 4;
  private static final long FLAGS = 8;
  private static final long RUNTIME = 24;

  /** The numbers of sched_setattr and sched_getattr, by the names that Java has for processors. */
  private static final Map<String, Calls> CALLS =
      Map.of("amd64", new Calls(314, 315), "aarch64", new Calls(274, 275));

  private static final Optional<LinuxScheduler> HERE = find();

  private record Calls(long setAttributes, long getAttributes) {}

  private final MethodHandle getPriority =
      function("getpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private final MethodHandle setPriority =
      function("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private final MethodHandle systemCall =
      function(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));
  private final Calls calls;

  private LinuxScheduler(Calls calls) {
    this.calls = calls;
  }

  /** The one that is here, unless that is another system's, or on a processor not known here. */
  static Optional<LinuxScheduler> here() {
    return HERE;
  }

  private static Optional<LinuxScheduler> find() {
    return System.getProperty("os.name").equals("Linux")
        ? Optional.ofNullable(CALLS.get(System.getProperty("os.arch"))).map(LinuxScheduler::new)
        : Optional.empty();
  }

  @SuppressWarnings("restricted") // functions of the C library, with the types that they have
  private static MethodHandle function(
      String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
  }

  /** The nice value of the calling thread, -20 to 19. */
  int nice() {
    try {
      return (int) getPriority.invokeExact(PRIO_PROCESS, CALLING_THREAD);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Sets a thread's nice value.
   *
   * @param thread its number (gettid(2))
   * @return whether the system let us
   */
  boolean setNice(int thread, int nice) {
    try {
      return (int) setPriority.invokeExact(PRIO_PROCESS, thread, nice) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The slice that a thread asks for, in nanoseconds; 0 if it is not scheduled by slices, and
   * before Linux 6.12.
   */
  long slice(int thread) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
      return get(thread, attributes) ? attributes.get(JAVA_LONG, RUNTIME) : 0;
    }
  }

  /**
   * Has a thread ask for another slice, if it is scheduled as threads are by default; before Linux
   * 6.12 nothing comes of it.
   *
   * @param nanos 100,000 to 100,000,000
   * @return whether the system let us
   */
  boolean setSlice(int thread, long nanos) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
      if (!get(thread, attributes) || attributes.get(JAVA_INT, POLICY) != SCHED_OTHER) {
        return false;
      }
      attributes.set(JAVA_LONG, FLAGS, 0);
      attributes.set(JAVA_LONG, RUNTIME, nanos);
      return call(calls.setAttributes, thread, attributes, 0) == 0;
    }
  }

  private boolean get(int thread, MemorySegment attributes) {
    return call(calls.getAttributes, thread, attributes, ATTRIBUTES_BYTES) == 0;
  }

  private long call(long number, long thread, MemorySegment attributes, long size) {
    attributes.set(JAVA_INT, 0, (int) ATTRIBUTES_BYTES);
    try {
      return (long) systemCall.invokeExact(number, thread, attributes, size, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
