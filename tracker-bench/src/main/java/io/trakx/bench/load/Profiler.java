package io.trakx.bench.load;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * async-profiler, loaded into another JVM: shows Java, native and kernel frames on one picture.
 *
 * <p>Its library comes out of its archive on the class path.
 */
final class Profiler {
  /** What the profiled JVM is told, so that frames are those of the code that ran. */
  static final String JAVA_OPTIONS =
      "-XX:+EnableDynamicAgentLoading -XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints";

  private final Path library;

  /** Unpacks the library into a directory. */
  Profiler(Path work) throws IOException {
    boolean arm = System.getProperty("os.arch", "").equals("aarch64");
    String name = (arm ? "linux-arm64" : "linux-x64") + "/libasyncProfiler.so";
    library = work.resolve("libasyncProfiler.so");
    try (InputStream in = Profiler.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no async-profiler for this machine: " + name);
      }
      Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Begins to sample processor time, once a millisecond of it. */
  void start(long pid) throws IOException {
    command(pid, "start,event=cpu,interval=1ms");
  }

  /** Ends it, and writes a flame graph (.html), and the same as text (.txt): a stack a line. */
  void stop(long pid, Path file) throws IOException {
    command(pid, "dump,collapsed,file=" + file + ".txt");
    command(pid, "stop,flamegraph,file=" + file + ".html");
  }

  private void command(long pid, String options) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        machine.loadAgentPath(library.toString(), options);
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
      throw new IOException("async-profiler could not be loaded: " + e.getMessage(), e);
    }
  }
}
