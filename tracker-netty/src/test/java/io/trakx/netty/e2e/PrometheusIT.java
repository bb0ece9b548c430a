package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trakx.netty.testing.OperatorFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus as Debian packages it reads the tracker's metrics, and our rules and queries. */
@Timeout(180)
class PrometheusIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ANSWERED =
      "sum(trakx_requests_total{protocol=\"http\",action=\"announce\",outcome=\"answered\"})";

  @TempDir private Path directory;

  private final HttpClient client = HttpClient.newHttpClient();

  private String get(InetSocketAddress server, String target) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.getPort() + target);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private void announce(TrakxProcess tracker, int port, int left) throws Exception {
    String target =
        "/announce?info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=-qB5030-abcdefghijkl&port=%d&left=%d"
            .formatted(port, left);
    assertThat(get(tracker.http().getFirst(), target)).contains("complete");
  }

  private TrakxProcess startTracker() throws IOException {
    return TrakxProcess.start(directory, UnaryOperator.identity(), List.of("127.0.0.1:0"));
  }

  /** The distribution's own configuration, which asks this tracker, and asks often. */
  private Path configuration(TrakxProcess tracker) throws IOException {
    Files.copy(
        OperatorFiles.ALERTS, directory.resolve(OperatorFiles.ALERTS.getFileName().toString()));
    String shipped = Files.readString(OperatorFiles.PROMETHEUS);
    assertThat(shipped).contains("127.0.0.1:1338", "_interval: 15s");
    return Files.writeString(
        directory.resolve("prometheus.yml"),
        shipped
            .replace("127.0.0.1:1338", "127.0.0.1:" + tracker.metrics().getPort())
            .replace("_interval: 15s", "_interval: 1s"));
  }

  @Test
  void whatWasAnnouncedIsScrapedAndEveryQueryIsUnderstood() throws Exception {
    Requirements.programs(List.of("prometheus", "setpriv"));
    try (TrakxProcess tracker = startTracker()) {
      for (int port = 1; port <= 7; port++) {
        announce(tracker, port, port % 2);
      }
      try (PrometheusProcess prometheus =
          PrometheusProcess.start(directory, configuration(tracker))) {
        Await.until(
            "seven announces at " + prometheus,
            LIMIT,
            () -> prometheus.value(ANSWERED),
            announces -> announces == 7);

        assertThat(prometheus.value("up{job=\"trakx\"}")).isEqualTo(1);
        assertThat(prometheus.value("sum(trakx_peers{role=\"leecher\"})")).isEqualTo(4);
        assertThat(prometheus.value("trakx_client_announces_total{client=\"qBittorrent\"}"))
            .isEqualTo(7);
        JsonNode target = prometheus.get("targets").path("activeTargets").path(0);
        assertThat(target.path("lastError").asText("missing")).isEmpty();
        for (String query : OperatorFiles.dashboardQueries()) {
          assertThat(prometheus.query(query.replace("$__rate_interval", "1m")).isArray())
              .as(query)
              .isTrue();
        }
        assertNoRuleFails(prometheus);
      }
    }
  }

  private static void assertNoRuleFails(PrometheusProcess prometheus) {
    JsonNode rules =
        Await.until(
            "evaluation of the rules",
            LIMIT,
            () -> prometheus.get("rules").path("groups").path(0).path("rules"),
            all -> all.findValuesAsText("health").stream().noneMatch("unknown"::equals));
    assertThat(rules).isNotEmpty();
    assertThat(rules.findValuesAsText("health")).containsOnly("ok");
  }

  @Test
  void promtoolFindsNoFault() throws Exception {
    Requirements.programs(List.of("promtool", "sh", "setpriv"));
    try (TrakxProcess tracker = startTracker()) {
      announce(tracker, 1, 0);
      Path page =
          Files.writeString(directory.resolve("metrics.txt"), get(tracker.metrics(), "/metrics"));
      assertThat(promtool("check metrics < '" + page + "'")).isEmpty();
      assertThat(promtool("check config '" + configuration(tracker) + "'")).contains("SUCCESS");
    }
    Path tests =
        Files.copy(
            Path.of("src/test/resources/io/trakx/netty/e2e/trakx-alerts-test.yml"),
            directory.resolve("trakx-alerts-test.yml"));
    assertThat(promtool("test rules '" + tests + "'")).contains("SUCCESS");
  }

  private static String promtool(String arguments) throws IOException {
    return Commands.run(List.of("sh", "-c", "promtool " + arguments));
  }
}
