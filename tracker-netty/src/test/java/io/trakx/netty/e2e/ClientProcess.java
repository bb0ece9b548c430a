package io.trakx.netty.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process under a test's control: what it prints goes to a file, {@link #close} ends it, and it
 * does not survive this JVM.
 */
final class ClientProcess implements AutoCloseable {
  /**
   * The kernel kills what runs under this as soon as the thread that started it ends. A crash of
   * the JVM ends all its threads; short of that, the threads that run tests outlive their tests.
   */
  private static final List<String> ENDS_WITH_US = List.of("setpriv", "--pdeathsig", "KILL", "--");

  private static final int GRACE_SECONDS = 20;

  private final String name;
  private final Process process;
  private final Path output;

  private ClientProcess(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
  }

  /**
   * Starts {@code command} with {@code directory} as its working directory.
   *
   * @param name what it is called in messages, and its output file in {@code directory}
   * @param environment variables beside those of this JVM
   */
  static ClientProcess start(
      String name, Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    List<String> bounded = new ArrayList<>(ENDS_WITH_US);
    bounded.addAll(command);
    Path output = directory.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(bounded)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new ClientProcess(name, builder.start(), output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** The ids of the processes that it started and that still run. */
  List<Long> children() {
    return process.children().map(ProcessHandle::pid).toList();
  }

  /** What the process printed so far. */
  String output() {
    try {
      return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends what Ctrl-C in a terminal does (SIGINT). */
  void interrupt() throws IOException {
    Commands.run(List.of("kill", "-INT", Long.toString(process.pid())));
  }

  /** Sends what daemons take for "read your configuration anew" (SIGHUP). */
  void hangUp() throws IOException {
    Commands.run(List.of("kill", "-HUP", Long.toString(process.pid())));
  }

  /** Asks the process to end (SIGTERM) and returns at once. */
  void askToEnd() {
    process.destroy();
  }

  /**
   * Asks the process to end (SIGTERM) and waits for it.
   *
   * @return its exit code
   * @throws AssertionError if it takes too long
   */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitExit(GRACE_SECONDS);
  }

  /**
   * Waits for the process to end by itself.
   *
   * @return its exit code
   * @throws AssertionError if it takes longer
   */
  int awaitExit(int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, SECONDS)) {
      throw new AssertionError(name + " still runs after " + seconds + " s:\n" + output());
    }
    return process.exitValue();
  }

  /** Kills the process, if it still runs, and whatever it started. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().join());
  }

  @Override
  public String toString() {
    return "----- %s (%s)%n%s".formatted(name, isAlive() ? "runs" : "ended", output());
  }
}
