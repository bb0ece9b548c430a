package io.trakx.core.swarm;

/**
 * How much a store holds, all swarms together.
 *
 * @param swarms torrents with at least one peer
 * @param torrents torrents known, with or without peers
 * @param seedersIpv4 seeders with an IPv4 address
 * @param leechersIpv4 leechers with an IPv4 address
 * @param seedersIpv6 seeders with an IPv6 address
 * @param leechersIpv6 leechers with an IPv6 address
 * @param uniqueAddresses different addresses, ports aside, of both families
 */
public record StoreTotals(
    long swarms,
    long torrents,
    long seedersIpv4,
    long leechersIpv4,
    long seedersIpv6,
    long leechersIpv6,
    long uniqueAddresses) {

  /** Seeders of both families. */
  public long seeders() {
    return seedersIpv4 + seedersIpv6;
  }

  /** Leechers of both families. */
  public long leechers() {
    return leechersIpv4 + leechersIpv6;
  }

  /** Peers of both families. */
  public long peers() {
    return seeders() + leechers();
  }
}
