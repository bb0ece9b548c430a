package io.trakx.netty.config;

import static io.trakx.netty.config.Setting.one;
import static io.trakx.netty.config.SettingTypes.count;
import static io.trakx.netty.config.SettingTypes.countOrAuto;

import io.trakx.core.limit.AddressLimits;
import io.trakx.core.limit.TokenBuckets;
import io.trakx.core.swarm.StoreLimits;
import java.util.OptionalLong;

/** The settings of limits, for all clients together and for one. */
final class LimitSettings {
  static final Setting<OptionalLong> PEERS =
      one(
          "limits.peers",
          countOrAuto(1, 10_000_000_000L),
          "auto",
          "The most peers in all swarms together. auto: as many as fit into half of the heap.");
  static final Setting<OptionalLong> SWARMS =
      one(
          "limits.swarms",
          countOrAuto(1, 1_000_000_000L),
          "auto",
          "The most torrents known at a time. auto: as many as fit into a quarter of the heap.");
  static final Setting<Long> PEERS_PER_SWARM =
      one(
          "limits.peers_per_swarm",
          count(1, StoreLimits.MAX_PEERS_PER_SWARM),
          "1000000",
          "The most peers of one address family in one swarm.");
  static final Setting<Long> REQUESTS_PER_ADDRESS =
      one(
          "limits.requests_per_address",
          count(0, TokenBuckets.MAX_CAPACITY),
          "60000",
          "The most announces and scrapes a minute of one IPv4 address or IPv6 network of 64 bits;"
              + " as many may come at once. 0: any number.");
  static final Setting<Long> SWARMS_PER_ADDRESS =
      one(
          "limits.swarms_per_address",
          count(0, TokenBuckets.MAX_CAPACITY),
          "20000",
          "The most torrents new to the tracker that one address may bring in an hour; as many may"
              + " come at once. 0: any number.");
  static final Setting<Long> PORTS_PER_ADDRESS =
      one(
          "limits.ports_per_address",
          count(0, TokenBuckets.MAX_CAPACITY),
          "256",
          "The most peers on different ports of one address that may join one swarm at once, and"
              + " again within peers.timeout. 0: any number.");
  static final Setting<Long> CONNECTIONS_PER_ADDRESS =
      one(
          "limits.connections_per_address",
          count(0, 10_000_000),
          "5000",
          "The most HTTP connections of one address open at a time, trusted proxies aside; further"
              + " ones are closed at once. 0: any number.");
  static final Setting<Long> REQUESTS_PER_CONNECTION =
      one(
          "limits.requests_per_connection",
          count(0, Integer.MAX_VALUE),
          "1000000",
          "How many requests an HTTP connection may carry before it is closed. 0: any number.");

  private LimitSettings() {}

  /** What the settings name, but for those of connections, which are HTTP's. */
  static LimitOptions map(LoadedConfig config) {
    return new LimitOptions(
        config.get(PEERS),
        config.get(SWARMS),
        Math.toIntExact(config.get(PEERS_PER_SWARM)),
        new AddressLimits(
            config.get(REQUESTS_PER_ADDRESS),
            config.get(SWARMS_PER_ADDRESS),
            config.get(PORTS_PER_ADDRESS)));
  }
}
