package io.trakx.netty.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The exploded distribution, started by its launcher as an operator would. */
public final class TrakxProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);

  /** How the log names an address that is listened on: which part, address, port. */
  private static final Pattern LISTENING =
      Pattern.compile("\\b(http|metrics)\\b.* listening on (\\[[0-9a-f:]+]|[0-9.]+):(\\d+)");

  private final ClientProcess process;
  private final List<InetSocketAddress> http;
  private final InetSocketAddress metrics;

  private TrakxProcess(
      ClientProcess process, List<InetSocketAddress> http, InetSocketAddress metrics) {
    this.process = process;
    this.http = http;
    this.metrics = metrics;
  }

  /**
   * Starts the tracker and waits until it listens.
   *
   * @param directory where it keeps its data; empty or a previous run's
   * @param where wraps the command, for a host of its own; {@link UnaryOperator#identity} is here
   * @param httpListen addresses for {@code http.listen}; a port of 0 takes a free one
   * @param settings further ones, as {@code key=value}
   * @throws AssertionError if it does not listen in time; has its log
   */
  public static TrakxProcess start(
      Path directory,
      UnaryOperator<List<String>> where,
      List<String> httpListen,
      String... settings)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher().toString(), "serve"));
    List<String> all = new ArrayList<>();
    all.add("http.listen=" + String.join(",", httpListen));
    all.add("metrics.listen=127.0.0.1:0");
    all.add("data.directory=" + directory);
    all.addAll(List.of(settings));
    all.forEach(setting -> command.addAll(List.of("--set", setting)));
    // The Java that runs the tests; a heap that leaves room for the clients.
    Map<String, String> environment =
        Map.of("TRAKX_JAVA_HOME", System.getProperty("java.home"), "TRAKX_JAVA_OPTS", "-Xmx256m");
    ClientProcess process =
        ClientProcess.start("trakx", directory, environment, where.apply(command));
    try {
      Await.until(
          "listening tracker",
          START,
          () -> process,
          started ->
              !started.isAlive()
                  || (listening(started.output(), "http").size() == httpListen.size()
                      && listening(started.output(), "metrics").size() == 1));
      if (!process.isAlive()) {
        throw new AssertionError("The tracker ended at once: " + process);
      }
    } catch (AssertionError | RuntimeException e) {
      process.close();
      throw e;
    }
    String log = process.output();
    return new TrakxProcess(process, listening(log, "http"), listening(log, "metrics").getFirst());
  }

  /** The addresses that it listens on for announces, in the order of its log. */
  public List<InetSocketAddress> http() {
    return http;
  }

  /** The address of the metrics. */
  public InetSocketAddress metrics() {
    return metrics;
  }

  /** What it logged so far. */
  public String log() {
    return process.output();
  }

  /**
   * Asks the tracker to end (SIGTERM) and waits for it.
   *
   * @return its exit code
   */
  public int terminate() throws InterruptedException {
    return process.terminate();
  }

  @Override
  public void close() {
    process.close();
  }

  @Override
  public String toString() {
    return process.toString();
  }

  private static Path launcher() {
    String distribution = System.getProperty("trakx.dist");
    if (distribution == null) {
      throw new AssertionError("Say with -Dtrakx.dist=DIRECTORY where the distribution lies");
    }
    Path launcher = Path.of(distribution, "bin", "trakx").toAbsolutePath();
    if (!Files.isExecutable(launcher)) {
      throw new AssertionError("No distribution: " + launcher + " is missing");
    }
    return launcher;
  }

  private static List<InetSocketAddress> listening(String log, String part) {
    return LISTENING
        .matcher(log)
        .results()
        .filter(match -> match.group(1).equals(part))
        .map(
            match ->
                new InetSocketAddress(
                    InetAddress.ofLiteral(match.group(2)), Integer.parseInt(match.group(3))))
        .toList();
  }
}
