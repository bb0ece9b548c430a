package io.trakx.netty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the distribution has for those who watch it, and the queries in it. */
public final class OperatorFiles {
  /** An example of Prometheus' configuration. */
  public static final Path PROMETHEUS = Path.of("src/dist/prometheus/prometheus.yml");

  /** Alert rules for Prometheus. */
  public static final Path ALERTS = Path.of("src/dist/prometheus/trakx-alerts.yml");

  /** A dashboard for Grafana. */
  public static final Path DASHBOARD = Path.of("src/dist/grafana/trakx.json");

  /** A configuration of Netdata's go.d.plugin for its collector of Prometheus metrics. */
  public static final Path NETDATA_GO = Path.of("src/dist/netdata/go.d/prometheus.conf");

  private OperatorFiles() {}

  /** The only job of {@link #NETDATA_GO}. */
  public static JsonNode netdataJob() throws IOException {
    JsonNode configuration = new YAMLMapper().readTree(NETDATA_GO.toFile());
    assertThat(configuration.properties()).extracting(Map.Entry::getKey).containsExactly("jobs");
    assertThat(configuration.path("jobs")).hasSize(1);
    return configuration.path("jobs").path(0);
  }

  /** Every query of the dashboard; {@code $__rate_interval} and the like stand as they are. */
  public static List<String> dashboardQueries() throws IOException {
    JsonNode dashboard = new JsonMapper().readTree(DASHBOARD.toFile());
    return dashboard.findValuesAsText("expr");
  }

  /** The expression of every alert. */
  public static List<String> alertQueries() throws IOException {
    return new YAMLMapper().readTree(ALERTS.toFile()).findValuesAsText("expr");
  }
}
