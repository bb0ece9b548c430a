package io.trakx.netty.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.LongSupplier;

/** Which program this is, and since when. */
public final class ProgramMetrics implements MultiCollector {
  private static final Family<LongSupplier> UPTIME =
      Family.gauge(
          "trakx_uptime_seconds",
          "How long the tracker has been running.",
          LongSupplier::getAsLong);

  private final InfoSnapshot build;
  private final LongSupplier uptimeSeconds;

  public ProgramMetrics(String version, LongSupplier uptimeSeconds) {
    this.build =
        InfoSnapshot.builder()
            .name("trakx_build")
            .help("The release that runs, and the Java that runs it.")
            .dataPoint(
                InfoDataPointSnapshot.builder()
                    .labels(Labels.of("version", version, "java", Runtime.version().toString()))
                    .build())
            .build();
    this.uptimeSeconds = uptimeSeconds;
  }

  @Override
  public MetricSnapshots collect() {
    return MetricSnapshots.of(build, UPTIME.read(uptimeSeconds));
  }
}
