package io.trakx.netty.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The exploded distribution, started by its launcher as an operator would. */
public final class TrakxProcess implements AutoCloseable {
  private static final String LOG_FILE = "log.file=";
  private static final Duration START = Duration.ofSeconds(60);

  /** The line that says that the start is over; its groups list addresses. */
  private static final Pattern STARTED =
      Pattern.compile(" serves on (.+?)(?:, HTTPS on (.+?))?, metrics on (.+?); UDP on (.+?);");

  private final ClientProcess process;
  private final List<InetSocketAddress> http;
  private final List<InetSocketAddress> https;
  private final InetSocketAddress metrics;
  private final List<InetSocketAddress> udp;

  private TrakxProcess(ClientProcess process, MatchResult started) {
    this.process = process;
    this.http = addresses(started.group(1));
    this.https = started.group(2) == null ? List.of() : addresses(started.group(2));
    this.metrics = addresses(started.group(3)).getFirst();
    this.udp = addresses(started.group(4));
  }

  /**
   * Starts the tracker and waits until it serves. Its metrics are on a free port of 127.0.0.1.
   *
   * @param directory where it runs and its output goes
   * @param where wraps the command, for a host of its own; {@link UnaryOperator#identity} is here
   * @param listen addresses for {@code http.listen} and {@code udp.listen}; a port of 0 takes a
   *     free one, not the same for both
   * @param settings further ones, as {@code key=value}
   * @throws AssertionError if it does not serve in time; has its log
   */
  public static TrakxProcess start(
      Path directory, UnaryOperator<List<String>> where, List<String> listen, String... settings)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher().toString(), "serve"));
    Stream.concat(
            Stream.of(
                "http.listen=" + String.join(",", listen),
                "udp.listen=" + String.join(",", listen),
                "metrics.listen=127.0.0.1:0"),
            Stream.of(settings))
        .forEach(setting -> command.addAll(List.of("--set", setting)));
    // The runtime of the packages, and a heap that leaves room for others.
    Map<String, String> environment =
        Map.of("TRAKX_JAVA_HOME", runtime(), "TRAKX_JAVA_OPTS", "-Xmx256m");
    ClientProcess process =
        ClientProcess.start("trakx", directory, environment, where.apply(command));
    try {
      Await.until(
          "serving tracker",
          START,
          () -> process,
          started -> !started.isAlive() || STARTED.matcher(log(started, settings)).find());
      Matcher started = STARTED.matcher(log(process, settings));
      if (!started.find()) {
        throw new AssertionError("The tracker ended at once: " + process);
      }
      return new TrakxProcess(process, started);
    } catch (AssertionError | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** What it has printed, or written to the log file that its settings name. */
  private static String log(ClientProcess process, String... settings) {
    return Stream.of(settings)
        .filter(setting -> setting.startsWith(LOG_FILE))
        .map(setting -> Path.of(setting.substring(LOG_FILE.length())))
        .filter(Files::exists)
        .map(TrakxProcess::read)
        .findFirst()
        .orElseGet(process::output);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The addresses that it serves announces on, in the order of its log. */
  public List<InetSocketAddress> http() {
    return http;
  }

  /** The addresses that it serves announces over HTTPS on. */
  public List<InetSocketAddress> https() {
    return https;
  }

  /** The addresses that it serves announces over UDP on. */
  public List<InetSocketAddress> udp() {
    return udp;
  }

  /** The address of its metrics. */
  public InetSocketAddress metrics() {
    return metrics;
  }

  /** What it printed so far: its log, unless that goes to a file. */
  public String log() {
    return process.output();
  }

  /** The id of its process, which is Java's: the launcher becomes it. */
  public long pid() {
    return process.pid();
  }

  /** The process, to send it signals. */
  ClientProcess process() {
    return process;
  }

  /**
   * Asks the tracker to end (SIGTERM) and waits for it.
   *
   * @return its exit code
   */
  public int terminate() throws InterruptedException {
    return process.terminate();
  }

  /** Ends the tracker at once (SIGKILL), as a power cut would. */
  public void kill() {
    process.close();
  }

  @Override
  public void close() {
    process.close();
  }

  @Override
  public String toString() {
    return process.toString();
  }

  /** The program, as an operator calls it. */
  static Path launcher() {
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

  /**
   * The Java of the packages, so that every test shows that it has the modules it needs. Without
   * one, which is what an IDE has, the Java that runs the tests.
   */
  static String runtime() {
    return System.getProperty("trakx.runtime", System.getProperty("java.home"));
  }

  /** Reads addresses as they stand in the log: {@code 127.0.0.1:80, [::1]:80}. */
  private static List<InetSocketAddress> addresses(String list) {
    return Stream.of(list.split(", ", -1))
        .map(
            address -> {
              int colon = address.lastIndexOf(':');
              return new InetSocketAddress(
                  InetAddress.ofLiteral(address.substring(0, colon)),
                  Integer.parseInt(address.substring(colon + 1)));
            })
        .toList();
  }
}
