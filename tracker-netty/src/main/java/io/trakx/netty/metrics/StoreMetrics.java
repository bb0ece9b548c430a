package io.trakx.netty.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.StoreTotals;
import java.util.List;
import java.util.function.Supplier;

/** What the store holds, and may hold. */
public final class StoreMetrics implements MultiCollector {
  private static final String ROLE = "role";
  private static final String FAMILY = "family";

  private final Supplier<StoreTotals> totals;
  private final Families<StoreTotals> families;

  /**
   * @param totals what the store holds, without a walk over it
   */
  public StoreMetrics(Supplier<StoreTotals> totals, StoreLimits limits) {
    this.totals = totals;
    families =
        new Families<>(
            List.of(
                Family.gauge(
                    "trakx_peers",
                    "Peers in all swarms; one that is in several counts several times.",
                    List.of(
                        Sample.measured(StoreTotals::seedersIpv4, ROLE, "seeder", FAMILY, "ipv4"),
                        Sample.measured(StoreTotals::seedersIpv6, ROLE, "seeder", FAMILY, "ipv6"),
                        Sample.measured(StoreTotals::leechersIpv4, ROLE, "leecher", FAMILY, "ipv4"),
                        Sample.measured(
                            StoreTotals::leechersIpv6, ROLE, "leecher", FAMILY, "ipv6"))),
                Family.gauge(
                    "trakx_unique_addresses",
                    "Different addresses among the peers, ports aside, exact.",
                    StoreTotals::uniqueAddresses),
                Family.gauge(
                    "trakx_swarms", "Torrents with at least one peer.", StoreTotals::swarms),
                Family.gauge(
                    "trakx_torrents",
                    "Torrents known, with or without peers.",
                    StoreTotals::torrents),
                Family.gauge(
                    "trakx_peers_limit", "The most peers that are listed.", _ -> limits.peers()),
                Family.gauge(
                    "trakx_torrents_limit", "The most torrents known.", _ -> limits.swarms())));
  }

  @Override
  public MetricSnapshots collect() {
    return families.read(totals.get());
  }
}
