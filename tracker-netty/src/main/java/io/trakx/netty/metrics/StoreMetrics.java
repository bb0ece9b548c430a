package io.trakx.netty.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.StoreTotals;
import java.util.function.Supplier;

/** What the store holds, and may hold. */
public final class StoreMetrics implements MultiCollector {
  private static final String ROLE = "role";
  private static final String FAMILY = "family";

  private final Supplier<StoreTotals> totals;
  private final StoreLimits limits;

  /**
   * @param totals what the store holds, without a walk over it
   */
  public StoreMetrics(Supplier<StoreTotals> totals, StoreLimits limits) {
    this.totals = totals;
    this.limits = limits;
  }

  @Override
  public MetricSnapshots collect() {
    StoreTotals now = totals.get();
    return MetricSnapshots.of(
        peers(now),
        Samples.gauge(
            "trakx_unique_addresses",
            "Different addresses among the peers, ports aside, exact.",
            now.uniqueAddresses()),
        Samples.gauge("trakx_swarms", "Torrents with at least one peer.", now.swarms()),
        Samples.gauge("trakx_torrents", "Torrents known, with or without peers.", now.torrents()),
        Samples.gauge("trakx_peers_limit", "The most peers that are listed.", limits.peers()),
        Samples.gauge("trakx_torrents_limit", "The most torrents known.", limits.swarms()));
  }

  private static GaugeSnapshot peers(StoreTotals now) {
    return GaugeSnapshot.builder()
        .name("trakx_peers")
        .help("Peers in all swarms; one that is in several counts several times.")
        .dataPoint(Samples.measured(now.seedersIpv4(), ROLE, "seeder", FAMILY, "ipv4"))
        .dataPoint(Samples.measured(now.seedersIpv6(), ROLE, "seeder", FAMILY, "ipv6"))
        .dataPoint(Samples.measured(now.leechersIpv4(), ROLE, "leecher", FAMILY, "ipv4"))
        .dataPoint(Samples.measured(now.leechersIpv6(), ROLE, "leecher", FAMILY, "ipv6"))
        .build();
  }
}
