package io.trakx.bench.load;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A tracker started for a measurement; closing it ends it.
 *
 * @param firstAnswerSeconds from starting the process to the first answered announce
 */
record RunningTracker(TrackerKind kind, Process process, int port, double firstAnswerSeconds)
    implements AutoCloseable {
  private static final long START_NANOS = 60_000_000_000L;
  private static final long STOP_SECONDS = 20;
  private static final int LOG_LINES_SHOWN = 10;
  private static final String ADDRESS = "127.0.0.1";

  /**
   * Starts a tracker and waits until it answers.
   *
   * @param log takes its output
   */
  static RunningTracker start(
      TrackerKind kind,
      List<String> command,
      Map<String, String> environment,
      int port,
      Population population,
      Path log)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    long start = System.nanoTime();
    Process process = builder.start();
    Target target = Target.parse("http://" + ADDRESS + ":" + port + "/announce");
    try {
      new FirstAnswer(target, population).await(process, START_NANOS);
    } catch (IOException e) {
      process.destroyForcibly();
      List<String> lines = Files.readAllLines(log);
      String end =
          String.join(
              "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
      throw new IOException(
          kind.label() + ": " + e.getMessage() + "; its log ends with\n" + end, e);
    }
    return new RunningTracker(kind, process, port, (System.nanoTime() - start) / 1e9);
  }

  /** A port that is free for TCP and UDP. */
  static int freePort() throws IOException {
    InetAddress address = InetAddress.ofLiteral(ADDRESS);
    try (ServerSocket tcp = new ServerSocket(0, 1, address);
        DatagramSocket udp =
            new DatagramSocket(new InetSocketAddress(address, tcp.getLocalPort()))) {
      return udp.getLocalPort();
    }
  }

  /** Where it is asked. */
  String url(boolean udp) {
    return (udp ? "udp://" : "http://") + ADDRESS + ":" + port + "/announce";
  }

  ProcessUsage usage() {
    return new ProcessUsage(process.pid());
  }

  /** How long its process has been there, stopped or not. */
  double uptimeSeconds() {
    Instant start = process.info().startInstant().orElseThrow();
    return Duration.between(start, Instant.now()).toMillis() / 1e3;
  }

  /** Stops its process, threads and timers and all, until {@link #resume()}. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets a stopped process go on; one that is not stopped hears nothing. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IOException(kind.label() + " does not take SIG" + name);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
