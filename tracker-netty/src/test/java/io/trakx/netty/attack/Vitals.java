package io.trakx.netty.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trakx.netty.e2e.TrakxProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a tracker's process takes, as the kernel says, and what its metrics port tells. */
final class Vitals {
  private static final Pattern CHARTS = Pattern.compile("/assets/chart-[0-9a-f]+\\.js");
  private static final int LIMIT_MILLIS = 20_000;
  private static final double TICKS_A_SECOND = 100;

  /** Fields of {@code /proc/PID/stat} behind the name, from 0: user and system time. */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;

  private final TrakxProcess tracker;
  private final Path process;

  Vitals(TrakxProcess tracker) {
    this.tracker = tracker;
    process = Path.of("/proc", Long.toString(tracker.pid()));
  }

  /** Memory of the process in RAM. */
  int residentMib() {
    try (Stream<String> lines = Files.lines(process.resolve("status"))) {
      String line = lines.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Integer.parseInt(line.replaceAll("[^0-9]", "")) / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Processor time used so far. */
  double cpuSeconds() {
    try {
      String stat = Files.readString(process.resolve("stat"), ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]))
          / TICKS_A_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number of {@code /debug/vars}, such as {@code trakx.announces}. */
  long figure(String name) {
    JsonNode value = json("/debug/vars").path(name);
    if (!value.isIntegralNumber()) {
      throw new AssertionError("no number: " + name);
    }
    return value.longValue();
  }

  /** What {@code /readyz} says, whatever its status. */
  JsonNode readiness() {
    return json("/readyz");
  }

  /** Whether {@code /readyz} finds nothing wrong with a part. */
  boolean fine(String part) {
    return readiness().at("/parts/" + part + "/ready").asBoolean();
  }

  /** A gauge or counter of {@code /metrics} without labels. */
  double metric(String name) {
    return body("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric: " + name));
  }

  /** Where the longest answer of the public port is. */
  String largestAsset() {
    Matcher link = CHARTS.matcher(body(tracker.http().getFirst(), "/"));
    if (!link.find()) {
      throw new AssertionError("the index page has no charts");
    }
    return link.group();
  }

  private String body(String path) {
    return body(tracker.metrics(), path);
  }

  private JsonNode json(String path) {
    try {
      return new JsonMapper().readTree(body(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String body(InetSocketAddress server, String path) {
    String request = "GET " + path + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.connect(server, LIMIT_MILLIS);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
