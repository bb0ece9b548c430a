package io.trakx.netty.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the distribution has for those who watch it, and the queries in it. */
public final class OperatorFiles {
  /** An example of Prometheus' configuration. */
  public static final Path PROMETHEUS = Path.of("src/dist/prometheus/prometheus.yml");

  /** Alert rules for Prometheus. */
  public static final Path ALERTS = Path.of("src/dist/prometheus/trakx-alerts.yml");

  /** A dashboard for Grafana. */
  public static final Path DASHBOARD = Path.of("src/dist/grafana/trakx.json");

  private OperatorFiles() {}

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
