package io.trakx.netty.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's Prometheus on a free port of 127.0.0.1. */
final class PrometheusProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Pattern LISTENING =
      Pattern.compile("msg=\"Listening on\" address=127\\.0\\.0\\.1:(\\d+)");

  private static final String READY = "Server is ready to receive web requests";

  private final ClientProcess process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String api;

  private PrometheusProcess(ClientProcess process, int port) {
    this.process = process;
    this.api = "http://127.0.0.1:" + port + "/api/v1/";
  }

  /** Starts it with {@code configuration}, and waits until it answers: it listens before that. */
  static PrometheusProcess start(Path directory, Path configuration) throws IOException {
    List<String> command =
        List.of(
            "prometheus",
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + directory.resolve("data"),
            "--web.listen-address=127.0.0.1:0");
    ClientProcess process = ClientProcess.start("prometheus", directory, Map.of(), command);
    try {
      Await.until(
          "Prometheus",
          START,
          () -> process,
          started -> !started.isAlive() || started.output().contains(READY));
      Matcher listening = LISTENING.matcher(process.output());
      if (!listening.find()) {
        throw new AssertionError("Prometheus ended at once: " + process);
      }
      return new PrometheusProcess(process, Integer.parseInt(listening.group(1)));
    } catch (AssertionError | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** What {@code expression} is now: its series, each with labels and a value. */
  JsonNode query(String expression) {
    return get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
        .path("result");
  }

  /** The value of an expression that has one series, or NaN as long as it has none. */
  double value(String expression) {
    JsonNode value = query(expression).path(0).path("value").path(1);
    return value.isMissingNode() ? Double.NaN : value.asDouble();
  }

  /** The data of an answer of its API, which must be a success. */
  JsonNode get(String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(api + path)).build();
    try {
      JsonNode answer =
          new JsonMapper().readTree(client.send(request, BodyHandlers.ofString()).body());
      if (!answer.path("status").asText().equals("success")) {
        throw new AssertionError(path + " is answered with " + answer);
      }
      return answer.path("data");
    } catch (IOException e) {
      throw new AssertionError("Prometheus does not answer: " + process, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for Prometheus", e);
    }
  }

  @Override
  public void close() {
    process.close();
    client.close();
  }

  @Override
  public String toString() {
    return process.toString();
  }
}
