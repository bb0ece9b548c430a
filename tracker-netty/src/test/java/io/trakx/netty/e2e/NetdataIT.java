package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trakx.netty.testing.MetricsText;
import io.trakx.netty.testing.OperatorFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Netdata as Debian packages it watches the tracker, in a network of their own: there, the ports
 * are those that its configuration names.
 */
@Execution(ExecutionMode.CONCURRENT) // Most of the time goes by while Netdata gathers.
@Timeout(480)
class NetdataIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int ATTEMPTS = 5;
  private static final String TRACKER = "127.0.0.1:1337";
  private static final String SEED = "go_expvar_Trakx.";
  private static final String ANNOUNCES =
      "trakx_requests_total{protocol=\"http\",action=\"announce\",family=\"ipv4\","
          + "outcome=\"answered\"}";
  private static final String SHIPPED = "go_expvar_trakx.";

  /** What the predecessor's page told its users to write, word for word. */
  private static final Path PREDECESSORS_CONFIGURATION =
      Path.of("src/test/resources/io/trakx/netty/e2e/predecessor-go_expvar.conf");

  @TempDir private Path directory;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Network network;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Network.Host host;

  @BeforeEach
  void makeNetwork() throws IOException {
    Requirements.programs(List.of("netdata", "python3", "curl", "setpriv"));
    Requirements.require(
        Files.exists(NetdataProcess.COLLECTOR), NetdataProcess.COLLECTOR + " is missing");
    Requirements.network(Network.Family.IPV4);
    network = Network.create(Network.Family.IPV4);
    host = network.addHost("tracker");
  }

  @AfterEach
  void removeNetwork() throws IOException {
    network.close();
  }

  private TrakxProcess startTracker(String... settings) throws IOException {
    String[] all = new String[settings.length + 1];
    all[0] = "metrics.listen=127.0.0.1:1338";
    System.arraycopy(settings, 0, all, 1, settings.length);
    return TrakxProcess.start(directory, host::command, List.of(TRACKER), all);
  }

  private NetdataProcess startNetdata(Map<String, Path> files) throws IOException {
    return NetdataProcess.start(Files.createTempDirectory(directory, "netdata"), host, files);
  }

  /**
   * The same as often as it takes until it has seen the tracker, as an operator would: with no more
   * to its configuration it looks once, and an answer that comes after a second is none to it.
   */
  private NetdataProcess startNetdataUntilItSees(Map<String, Path> files) throws IOException {
    NetdataProcess netdata = startNetdata(files);
    for (int attempt = 1; !sees(netdata) && attempt < ATTEMPTS; attempt++) {
      netdata.close();
      netdata = startNetdata(files);
    }
    return netdata;
  }

  private static boolean sees(NetdataProcess netdata) {
    return await("first look", netdata, netdata::firstLook, Optional::isPresent).orElseThrow();
  }

  /** As at a boot, where nobody says which comes first. */
  private TrakxProcess startOnceItHasLookedInVain(NetdataProcess netdata) throws IOException {
    assertThat(sees(netdata)).isFalse();
    return startTracker("limits.peers=2");
  }

  private static <T> T await(
      String what, NetdataProcess netdata, Supplier<T> source, Predicate<T> condition) {
    try {
      return Await.until(what, LIMIT, source, condition);
    } catch (AssertionError e) {
      String withLogs = e.getMessage() + "\n" + netdata;
      netdata.close();
      throw new AssertionError(withLogs, e);
    }
  }

  /** One announce from 127.0.0.{@code client}, which listens at port 6881. */
  private void announce(String torrent, int client, int left, String event) {
    String url =
        "http://%s/announce?info_hash=%s&peer_id=-TR4050-abcdefghijkl&port=6881&left=%d&event=%s"
            .formatted(TRACKER, torrent.repeat(20), left, event);
    Curl.get(host, url, "--interface", "127.0.0." + client);
  }

  private JsonNode variables() throws IOException {
    return new JsonMapper().readTree(Curl.get(host, "http://127.0.0.1:1338/debug/vars"));
  }

  @Test
  void thePredecessorsConfigurationShowsEveryChart() throws Exception {
    try (TrakxProcess _ = startTracker();
        NetdataProcess netdata =
            startNetdataUntilItSees(
                Map.of("python.d/go_expvar.conf", PREDECESSORS_CONFIGURATION))) {
      announce("a", 1, 0, "started");
      announce("a", 2, 5, "started");
      announce("b", 2, 5, "started");
      announce("c", 1, 5, "started");
      announce("c", 1, 5, "stopped");

      Map<String, Double> values =
          await(
              "chart of three peers",
              netdata,
              netdata::values,
              now -> Double.valueOf(3).equals(now.get(SEED + "peer_unique.peers")));

      assertThat(values)
          .containsEntry(SEED + "ip_unique.ips", 2.0)
          .containsEntry(SEED + "hash_unique.hashes", 2.0)
          .containsEntry(SEED + "cleaned.cleaned", 0.0)
          .containsEntry(SEED + "tracker_stats.seeds", 1.0)
          .containsEntry(SEED + "tracker_stats.leeches", 2.0);
      JsonNode memstats = variables().path("memstats");
      assertKibibytes(values, "memstats_heap.memstats_heap_inuse", memstats.path("HeapInuse"));
      assertKibibytes(values, "memstats_stack.memstats_stack_inuse", memstats.path("StackInuse"));
      assertKibibytes(values, "memstats_mspan.memstats_mspan_inuse", memstats.path("MSpanInuse"));
      assertKibibytes(
          values, "memstats_mcache.memstats_mcache_inuse", memstats.path("MCacheInuse"));
      assertKibibytes(values, "memstats_sys.memstats_sys", memstats.path("Sys"));
      assertThat(values.get(SEED + "memstats_heap.memstats_heap_alloc"))
          .isPositive()
          .isLessThanOrEqualTo(values.get(SEED + "memstats_heap.memstats_heap_inuse"));
      assertThat(values.get(SEED + "memstats_live_objects.memstats_live_objects")).isPositive();
      assertThat(values.get(SEED + "memstats_gc_pauses.memstats_gc_pauses")).isNotNegative();
      assertThat(values).as("all that the configuration asks for").hasSize(14);
    }
  }

  /** What may have changed a little since Netdata asked. */
  private static void assertKibibytes(Map<String, Double> values, String name, JsonNode bytes) {
    assertThat(values.get(SEED + name))
        .as(name)
        .isPositive()
        .isCloseTo(bytes.asDouble() / 1024, withPercentage(30));
  }

  @Test
  void theDistributionsConfigurationShowsEveryChartAndItsAlarmsGoOff() throws Exception {
    Path files = TrakxProcess.launcher().resolveSibling("../netdata").normalize();
    try (NetdataProcess netdata =
            startNetdata(
                Map.of(
                    "python.d/go_expvar.conf", files.resolve("python.d/go_expvar.conf"),
                    "health.d/trakx.conf", files.resolve("health.d/trakx.conf")));
        TrakxProcess _ = startOnceItHasLookedInVain(netdata)) {
      announce("a", 1, 0, "started");
      announce("a", 2, 5, "started");
      await(
          "chart of peers",
          netdata,
          netdata::values,
          now -> Double.valueOf(1).equals(now.get(SHIPPED + "peers.leechers_ipv4")));
      // An alarm first looks when there is as much to look at as it wants: a minute.
      await(
          "alarm",
          netdata,
          () -> {
            announce("a", 3, 5, "started");
            return netdata.alarms();
          },
          now -> "WARNING".equals(now.get("trakx_not_listed")));

      assertThat(netdata.alarms())
          .containsEntry("trakx_silent", "CLEAR")
          .containsKeys(
              "trakx_refused",
              "trakx_udp_overloaded",
              "trakx_http_connections_refused",
              "trakx_database_away");
      assertThat(netdata.values().keySet())
          .as("a dimension for each key of the configuration, and those of memstats")
          .filteredOn(name -> name.startsWith(SHIPPED))
          .hasSize(8 + occurrences(files.resolve("python.d/go_expvar.conf"), "expvar_key:"));
    }
  }

  /** As its module prometheus asks; Debian's package has no go.d.plugin to ask itself. */
  @Test
  void thePrometheusCollectorsUrlIsAnsweredInTheFormatItReads() throws Exception {
    String url = OperatorFiles.netdataJob().path("url").asText();
    try (TrakxProcess _ = startTracker()) {
      announce("a", 1, 0, "started");

      String accept = "Accept: text/plain;version=0.0.4;q=1,*/*;q=0.1";
      String page = Curl.get(host, url, "--compressed", "--header", accept);

      assertThat(MetricsText.parse(page).value(ANNOUNCES)).isEqualTo(1);
    }
  }

  private static int occurrences(Path file, String word) throws IOException {
    return Files.readString(file).split(word, -1).length - 1;
  }
}
