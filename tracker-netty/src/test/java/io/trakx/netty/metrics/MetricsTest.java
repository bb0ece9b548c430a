package io.trakx.netty.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.Protocol;
import io.trakx.core.stats.RequestAction;
import io.trakx.core.stats.RequestMeter;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.StoreTotals;
import io.trakx.netty.testing.MetricsText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
  private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

  /** What Prometheus 2.42 sends. */
  private static final String PROMETHEUS =
      OPEN_METRICS
          + ",application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5";

  private final AtomicLong nanos = new AtomicLong();
  private final Counters counters = new Counters(nanos::get);
  private final Metrics metrics = new Metrics();

  private MetricsText read(String accept) {
    return MetricsText.read(metrics, accept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*/*", "text/plain", "application/vnd.google.protobuf", "garbage;;q"})
  void textIsWhatReadersGetThatDoNotAskForOpenMetrics(String accept) throws IOException {
    assertThat(metrics.write(accept, OutputStream.nullOutputStream()))
        .startsWith("text/plain; version=0.0.4");
  }

  @Test
  void openMetricsEndsWithItsMark() throws IOException {
    metrics.gauge("database.samples_waiting", "Samples that wait.", () -> 7);

    ByteArrayOutputStream page = new ByteArrayOutputStream();
    String contentType = metrics.write(PROMETHEUS, page);

    assertThat(contentType).startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(page.toString(UTF_8))
        .contains("# TYPE trakx_database_samples_waiting gauge\n")
        .endsWith("trakx_database_samples_waiting 7.0\n# EOF\n");
  }

  @Test
  void whatIsAddedLaterIsShownUnderItsNameInDebugVars() {
    assertThat(read("").names()).isEmpty();

    metrics.gauge("database.samples_waiting", "Samples that wait.", () -> 7);
    metrics.counter("database.flushes", "Flushes.", () -> 8);

    assertThat(read("").value("trakx_database_samples_waiting")).isEqualTo(7);
    assertThat(read("").value("trakx_database_flushes_total")).isEqualTo(8);
  }

  @Test
  void storeIsShownByRoleAndFamily() {
    metrics.add(
        new StoreMetrics(
            () -> new StoreTotals(3, 5, 7, 11, 13, 17, 19), new StoreLimits(100, 200, 300)));

    MetricsText text = read("");

    assertThat(text.value("trakx_peers{role=\"seeder\",family=\"ipv4\"}")).isEqualTo(7);
    assertThat(text.value("trakx_peers{role=\"leecher\",family=\"ipv4\"}")).isEqualTo(11);
    assertThat(text.value("trakx_peers{role=\"seeder\",family=\"ipv6\"}")).isEqualTo(13);
    assertThat(text.value("trakx_peers{role=\"leecher\",family=\"ipv6\"}")).isEqualTo(17);
    assertThat(text.value("trakx_unique_addresses")).isEqualTo(19);
    assertThat(text.value("trakx_swarms")).isEqualTo(3);
    assertThat(text.value("trakx_torrents")).isEqualTo(5);
    assertThat(text.value("trakx_peers_limit")).isEqualTo(100);
    assertThat(text.value("trakx_torrents_limit")).isEqualTo(200);
  }

  @Test
  void everyCounterIsShownOnce() {
    metrics.add(new RequestMetrics(counters.requests()));
    metrics.add(new CounterMetrics(counters));
    counters.add(TrackerCounter.PEERS_CLEANED, 23);
    counters.add(TrackerCounter.EVENTS_STOPPED, 29);

    MetricsText text = read("");

    assertThat(text.value("trakx_peers_cleaned_total")).isEqualTo(23);
    assertThat(text.value("trakx_announce_events_total{event=\"stopped\"}")).isEqualTo(29);
    assertThat(text.names())
        .contains("trakx_http_malformed_total", "trakx_udp_wrong_id_total")
        .doesNotContain("trakx_announces_total", "trakx_events_stopped_total");
  }

  @Test
  void requestsAreShownByAllThatTellsThemApart() {
    metrics.add(new RequestMetrics(counters.requests()));
    RequestMeter meter = counters.requests().newMeter(Protocol.UDP);
    for (int i = 0; i < RequestMeter.TIMED_ONE_IN; i++) {
      long started = meter.begin();
      nanos.addAndGet(30_000);
      meter.announced(new Bytes20(), AddressFamily.IPV6, started);
    }
    meter.refused(RequestAction.SCRAPE, AddressFamily.IPV4, FailureReason.INVALID_INFO_HASH, 0);

    MetricsText text = read("");

    assertThat(
            text.value(
                "trakx_requests_total{protocol=\"udp\",action=\"announce\",family=\"ipv6\","
                    + "outcome=\"answered\"}"))
        .isEqualTo(256);
    assertThat(text.value("trakx_refusals_total{protocol=\"udp\",reason=\"invalid_info_hash\"}"))
        .isEqualTo(1);
    assertThat(text.value("trakx_client_announces_total{client=\"other\"}")).isEqualTo(256);
    String durations = "trakx_request_duration_seconds_%s{protocol=\"udp\",action=\"announce\"%s}";
    assertThat(text.value(durations.formatted("count", ""))).isEqualTo(1);
    assertThat(text.value(durations.formatted("bucket", ",le=\"2.5E-5\""))).isZero();
    assertThat(text.value(durations.formatted("bucket", ",le=\"5.0E-5\""))).isEqualTo(1);
    assertThat(text.value(durations.formatted("bucket", ",le=\"+Inf\""))).isEqualTo(1);
  }

  @Test
  void clientsAddNoLabels() {
    metrics.add(new RequestMetrics(counters.requests()));
    RequestMeter meter = counters.requests().newMeter(Protocol.HTTP);
    int before = read("").samples().size();

    Random random = new Random(1);
    Bytes20 peerId = new Bytes20();
    for (int i = 0; i < 10_000; i++) {
      peerId.set(random.nextLong(), random.nextLong(), random.nextInt());
      meter.announced(peerId, AddressFamily.IPV4, RequestMeter.NOT_TIMED);
    }

    assertThat(read("").samples()).hasSize(before);
  }

  @Test
  void theProcessIsShownUnderTheUsualNames() {
    metrics.add(new JvmMetrics());
    metrics.add(new ProgramMetrics("1.2.3", () -> 42));

    MetricsText text = read("");

    assertThat(text.value("process_cpu_seconds_total")).isPositive();
    assertThat(text.value("jvm_memory_used_bytes{area=\"heap\"}")).isPositive();
    assertThat(text.value("jvm_threads_current")).isPositive();
    assertThat(text.value("trakx_uptime_seconds")).isEqualTo(42);
    assertThat(text.samples().keySet())
        .anyMatch(sample -> sample.matches("trakx_build_info\\{.*version=\"1.2.3\".*"))
        .anyMatch(sample -> sample.startsWith("jvm_gc_collection_seconds_sum{gc="));
  }
}
