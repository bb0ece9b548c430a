package io.trakx.netty.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.Protocol;
import io.trakx.core.stats.RequestMeter;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreTotals;
import io.trakx.netty.metrics.Metrics;
import io.trakx.netty.transport.ListenException;
import io.trakx.netty.transport.TcpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {
  private static final StoreTotals TOTALS = new StoreTotals(3, 5, 7, 11, 13, 17, 19);

  private final Counters counters = new Counters();
  private final DebugVars vars =
      new DebugVars(
          List.of("trakx", "serve", "a \"quoted\" word"),
          "1.2.3",
          () -> TOTALS,
          counters,
          () -> 42,
          () -> Map.of("database.flushes", 29L));
  private final Metrics metrics = new Metrics();
  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<String> trouble = Optional.empty();
  private Optional<String> databaseTrouble = Optional.empty();
  private final AdminServer server = start(0);

  private AdminServer start(int port) {
    Readiness readiness =
        new Readiness(
            List.of(
                new ReadinessCheck("listeners", () -> trouble),
                new ReadinessCheck("store", Optional::empty),
                new ReadinessCheck(
                    "database",
                    false,
                    () -> databaseTrouble,
                    () -> Map.of("last_flush_age_seconds", 31L))));
    try {
      return AdminServer.start(
          List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
          TcpOptions.defaults(),
          vars,
          metrics,
          readiness);
    } catch (ListenException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void beReady() {
    trouble = Optional.empty();
    databaseTrouble = Optional.empty();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    vars.close();
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    int port = server.addresses().getFirst().getPort();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode debugVars() throws IOException, InterruptedException {
    HttpResponse<String> response = send("GET", "/debug/vars");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .contains("application/json; charset=utf-8");
    return new ObjectMapper().readTree(response.body());
  }

  @Test
  void namesOfThePredecessorAreTopLevelIntegers() throws Exception {
    counters.add(TrackerCounter.PEERS_CLEANED, 23);

    JsonNode vars = debugVars();

    assertThat(vars.get("ip.unique").isIntegralNumber()).isTrue();
    assertThat(vars.get("ip.unique").asLong()).isEqualTo(19);
    assertThat(vars.get("hash.unique").asLong()).isEqualTo(3);
    assertThat(vars.get("peer.unique").asLong()).isEqualTo(7 + 11 + 13 + 17);
    assertThat(vars.get("tracker.cleaned").asLong()).isEqualTo(23);
    assertThat(vars.get("tracker.seeds").asLong()).isEqualTo(7 + 13);
    assertThat(vars.get("tracker.leeches").asLong()).isEqualTo(11 + 17);
    assertThat(vars.get("cmdline").get(2).asText()).isEqualTo("a \"quoted\" word");
  }

  @Test
  void netdataFindsEveryFieldOfMemstatsThatItReads() throws Exception {
    JsonNode memstats = debugVars().get("memstats");

    for (String field :
        List.of(
            "Mallocs",
            "Frees",
            "HeapAlloc",
            "HeapInuse",
            "StackInuse",
            "MSpanInuse",
            "MCacheInuse",
            "Sys")) {
      assertThat(memstats.get(field).isIntegralNumber()).as(field).isTrue();
      assertThat(memstats.get(field).asLong()).as(field).isNotNegative();
    }
    assertThat(memstats.get("PauseNs")).hasSize(GcPauses.KEPT).allMatch(JsonNode::isIntegralNumber);
  }

  @Test
  void memstatsAddUpAsInGo() throws Exception {
    JsonNode memstats = debugVars().get("memstats");

    assertThat(memstats.get("Mallocs").asLong() - memstats.get("Frees").asLong())
        .isEqualTo(memstats.get("HeapObjects").asLong());
    assertThat(memstats.get("HeapIdle").asLong() + memstats.get("HeapInuse").asLong())
        .isEqualTo(memstats.get("HeapSys").asLong());
    assertThat(memstats.get("Sys").asLong())
        .isEqualTo(
            memstats.get("HeapSys").asLong()
                + memstats.get("StackSys").asLong()
                + memstats.get("MSpanSys").asLong()
                + memstats.get("MCacheSys").asLong()
                + memstats.get("OtherSys").asLong());
    assertThat(memstats.get("TotalAlloc").asLong())
        .isGreaterThanOrEqualTo(memstats.get("HeapAlloc").asLong());
  }

  @Test
  void everyCounterIsShownUnderTrakx() throws Exception {
    counters.add(TrackerCounter.ANNOUNCES, 5);

    JsonNode vars = debugVars();

    assertThat(vars.get("trakx.announces").asLong()).isEqualTo(5);
    assertThat(vars.get("trakx.uptime_seconds").asLong()).isEqualTo(42);
    assertThat(vars.get("trakx.database.flushes").asLong()).isEqualTo(29);
    assertThat(vars.get("trakx.version").asText()).isEqualTo("1.2.3");
    for (TrackerCounter counter : TrackerCounter.values()) {
      assertThat(vars.has("trakx." + counter.key())).as(counter.key()).isTrue();
    }
  }

  @Test
  void announcesAreShownByFamily() throws Exception {
    counters
        .requests()
        .newMeter(Protocol.UDP)
        .announced(new Bytes20(), AddressFamily.IPV6, RequestMeter.NOT_TIMED);

    JsonNode vars = debugVars();

    assertThat(vars.get("trakx.announces.ipv4").asLong()).isZero();
    assertThat(vars.get("trakx.announces.ipv6").asLong()).isEqualTo(1);
  }

  @Test
  void metricsComeInTheFormatThatIsAskedFor() throws Exception {
    metrics.gauge("answer", "To everything.", () -> 42);

    HttpResponse<String> text = send("GET", "/metrics");
    HttpResponse<String> open =
        send("GET", "/metrics", "accept", "application/openmetrics-text;version=1.0.0");

    assertThat(text.statusCode()).isEqualTo(200);
    assertThat(text.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(text.headers().firstValue("vary")).contains("accept");
    assertThat(text.body()).contains("trakx_answer 42").doesNotContain("# EOF");
    assertThat(open.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
    assertThat(open.body()).contains("trakx_answer 42").endsWith("# EOF\n");
  }

  @Test
  void aRehearsalMakesUpTheFiguresBeforeAnybodyAsks() {
    AtomicInteger asked = new AtomicInteger();
    metrics.gauge("answer", "To everything.", asked::incrementAndGet);

    server.rehearse();

    assertThat(asked.get()).as("in both formats").isEqualTo(2 * Rehearsal.ROUNDS);
  }

  @Test
  void readyzTellsWhichPartIsNotReady() throws Exception {
    assertThat(send("GET", "/readyz").statusCode()).isEqualTo(200);

    trouble = Optional.of("starting");
    HttpResponse<String> response = send("GET", "/readyz");

    assertThat(response.statusCode()).isEqualTo(503);
    JsonNode report = new ObjectMapper().readTree(response.body());
    assertThat(report.get("ready").asBoolean()).isFalse();
    assertThat(report.at("/parts/listeners/reason").asText()).isEqualTo("starting");
    assertThat(report.at("/parts/store/ready").asBoolean()).isTrue();
    assertThat(send("GET", "/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void partThatServingDoesNotNeedIsToldOfAndLeavesTheTrackerReady() throws Exception {
    databaseTrouble = Optional.of("Connection refused");
    HttpResponse<String> response = send("GET", "/readyz");

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode report = new ObjectMapper().readTree(response.body());
    assertThat(report.get("ready").asBoolean()).isTrue();
    assertThat(report.at("/parts/database/ready").asBoolean(true)).isFalse();
    assertThat(report.at("/parts/database/reason").asText()).isEqualTo("Connection refused");
    assertThat(report.at("/parts/database/last_flush_age_seconds").asLong()).isEqualTo(31);
  }

  @Test
  void headHasTheHeadersOnly() throws Exception {
    HttpResponse<String> response = send("HEAD", "/healthz");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValueAsLong("content-length")).hasValue(6);
  }

  @Test
  void queryIsIgnored() throws Exception {
    assertThat(send("GET", "/healthz?x=1").statusCode()).isEqualTo(200);
  }

  @Test
  void unknownPathsAndMethodsAreRefusedWithAHint() throws Exception {
    HttpResponse<String> unknown = send("GET", "/metricz");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("/debug/vars", "/metrics", "/healthz", "/readyz");

    HttpResponse<String> post = send("POST", "/debug/vars");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("allow")).contains("GET, HEAD");
  }

  @Test
  void takenPortIsToldByAddress() {
    InetSocketAddress taken = server.addresses().getFirst();

    assertThatThrownBy(
            () ->
                AdminServer.start(
                    List.of(taken), TcpOptions.defaults(), vars, metrics, new Readiness(List.of())))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining("127.0.0.1:" + taken.getPort());
  }

  @Test
  void noAddressMeansNoPort() throws Exception {
    try (AdminServer none =
        AdminServer.start(
            List.of(), TcpOptions.defaults(), vars, metrics, new Readiness(List.of()))) {
      assertThat(none.addresses()).isEmpty();
    }
  }

  @Test
  void pausesAreKeptAsARing() {
    try (GcPauses pauses = new GcPauses()) {
      long before = pauses.snapshot().count();
      for (int i = 1; i <= GcPauses.KEPT + 1; i++) {
        pauses.add(i, i);
      }

      GcPauses.Snapshot snapshot = pauses.snapshot();
      assertThat(snapshot.count()).isGreaterThanOrEqualTo(before + GcPauses.KEPT + 1);
      assertThat(snapshot.nanos()).hasSize(GcPauses.KEPT).allMatch(nanos -> nanos > 0);
      assertThat(snapshot.nanos()).contains(GcPauses.KEPT + 1L);
    }
  }
}
