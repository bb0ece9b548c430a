package io.trakx.netty.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trakx.netty.config.ConfigLoader;
import io.trakx.netty.config.ConfigSources;
import io.trakx.netty.testing.MetricsText;
import io.trakx.netty.testing.OperatorFiles;
import io.trakx.netty.testing.TestAuthority;
import io.trakx.netty.tls.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a whole tracker, and what is written about them elsewhere. */
class MetricsReferenceTest {
  private static final Path README = Path.of("../README.md");
  private static final Pattern METRIC = Pattern.compile("\\b(trakx|jvm|process)_[a-z0-9_]+");

  /** What may look like a unit, base units among them. */
  private static final Pattern UNIT =
      Pattern.compile("_(milli|micro|nano)?(seconds|bytes)|_(ms|us|ns|kb|mb|minutes|percent)\\b");

  @TempDir private static Path directory;

  @SuppressWarnings("NullAway.Init") // read before all tests
  private static MetricsText metrics;

  @BeforeAll
  static void startATracker() throws Exception {
    TlsFiles files = TestAuthority.write(directory, new TestAuthority().issue(1));
    List<String> settings =
        List.of(
            "http.listen=127.0.0.1:0",
            "udp.listen=127.0.0.1:0",
            "metrics.listen=127.0.0.1:0",
            "https.listen=127.0.0.1:0",
            "https.certificate=" + files.certificate(),
            "https.private_key=" + files.privateKey(),
            "data.directory=" + directory);
    ConfigSources sources = new ConfigSources(Optional.empty(), Map.of(), settings);
    try (TrakxServer server =
        TrakxServer.start(ConfigLoader.load(sources).config(), List.of("trakx"))) {
      metrics = MetricsText.read(server.metrics(), "");
    }
  }

  private static String table() {
    StringBuilder table = new StringBuilder();
    table.append("| metric | type | labels | meaning |\n| --- | --- | --- | --- |\n");
    for (MetricsText.Family family : metrics.families().values()) {
      String labels =
          family.labels().stream()
              .map(label -> "`" + label + "`")
              .collect(Collectors.joining(", "));
      table.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(family.name(), family.type(), labels, family.help()));
    }
    return table.toString();
  }

  @Test
  void tableInTheReadmeIsTheCodes() throws Exception {
    Path wanted = Files.writeString(Path.of("target/metrics.md"), table());

    assertThat(Files.readString(README))
        .as("put %s between the markers", wanted)
        .contains("<!-- metrics:begin -->\n" + table() + "<!-- metrics:end -->");
  }

  @Test
  void everyMetricSaysWhatItIs() {
    assertThat(metrics.families().values())
        .isNotEmpty()
        .allSatisfy(
            family -> {
              assertThat(family.help()).as(family.name()).endsWith(".");
              assertThat(family.name().endsWith("_total"))
                  .as(family.name())
                  .isEqualTo(family.type().equals("counter"));
            });
  }

  @Test
  void unitsAreBaseUnits() {
    assertThat(metrics.names())
        .allSatisfy(
            name ->
                assertThat(UNIT.matcher(name).results())
                    .as(name)
                    .allMatch(unit -> unit.group().matches("_(seconds|bytes)")));
  }

  @Test
  void dashboardAndAlertsAskForMetricsThatThereAre() throws Exception {
    List<String> queries = new ArrayList<>(OperatorFiles.dashboardQueries());
    queries.addAll(OperatorFiles.alertQueries());
    TreeSet<String> asked = new TreeSet<>();
    for (String query : queries) {
      METRIC.matcher(query).results().forEach(name -> asked.add(name.group()));
    }

    assertThat(queries).hasSizeGreaterThan(40);
    assertThat(metrics.sampleNames()).containsAll(asked);
  }

  @Test
  void dashboardAndAlertsNameLabelsThatThereAre() throws Exception {
    List<String> queries = new ArrayList<>(OperatorFiles.dashboardQueries());
    queries.addAll(OperatorFiles.alertQueries());
    TreeSet<String> known = new TreeSet<>(List.of("job", "instance", "le"));
    metrics.families().values().forEach(family -> known.addAll(family.labels()));
    Pattern grouping = Pattern.compile("\\bby \\(([a-z, ]+)\\)");
    Pattern matcher = Pattern.compile("[{,]([a-z]+)=");
    TreeSet<String> named = new TreeSet<>();
    for (String query : queries) {
      grouping
          .matcher(query)
          .results()
          .forEach(by -> named.addAll(List.of(by.group(1).split(", ", -1))));
      matcher.matcher(query).results().forEach(label -> named.add(label.group(1)));
    }

    assertThat(named).isNotEmpty();
    assertThat(known).containsAll(named);
  }

  /** The limits are the collector's defaults, in config.go of its module prometheus. */
  @Test
  void netdatasCollectorOfPrometheusMetricsTakesThemAll() throws Exception {
    JsonNode job = OperatorFiles.netdataJob();
    String prefix = job.path("expected_prefix").asText();

    assertThat(job.properties())
        .extracting(Map.Entry::getKey)
        .containsOnly("name", "url", "expected_prefix");
    assertThat(prefix).isNotEmpty();
    assertThat(metrics.names()).anyMatch(name -> name.startsWith(prefix));
    assertThat(metrics.samples()).hasSizeLessThan(2000);
    assertThat(metrics.families().values())
        .allSatisfy(
            family ->
                assertThat(metrics.samples().keySet())
                    .as(family.name())
                    .filteredOn(sample -> family.sampleNames().contains(sample.split("\\{", 2)[0]))
                    .hasSizeLessThan(200));
  }

  /** Why its configuration names these as left out. */
  @Test
  void whatNetdatasCollectorLeavesOutIsNamedInItsConfiguration() throws Exception {
    List<String> leftOut =
        metrics.families().values().stream()
            .filter(family -> family.name().endsWith("_info") || family.type().equals("summary"))
            .map(MetricsText.Family::name)
            .toList();

    assertThat(leftOut).isNotEmpty();
    assertThat(Files.readString(OperatorFiles.NETDATA_GO)).contains(leftOut);
  }
}
