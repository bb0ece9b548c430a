package io.trakx.netty.udp;

import io.trakx.core.protocol.AddressFamily;
import java.time.Duration;

/**
 * How the tracker answers over UDP.
 *
 * @param mtuBytes the longest packet that an answer may make, headers of IP and UDP included
 * @param connectionIdAge how old a connection id may be at most
 * @param answerWrongIds whether a request with a wrong connection id gets an error instead of
 *     silence
 * @param trustStatedIp whether an announce's IP field is taken for the client's address
 * @param maxPeers the most peers in an answer
 * @param maxScrapeHashes the most info-hashes of a scrape, the rest being ignored
 */
public record UdpOptions(
    int mtuBytes,
    Duration connectionIdAge,
    boolean answerWrongIds,
    boolean trustStatedIp,
    int maxPeers,
    int maxScrapeHashes) {
  private static final int UDP_HEADER_BYTES = 8;
  private static final int IPV4_HEADER_BYTES = 20;
  private static final int IPV6_HEADER_BYTES = 40;

  /** Ethernet's packets, ids of five minutes, for answers of at most {@code maxPeers} peers. */
  public static UdpOptions defaults(int maxPeers) {
    return new UdpOptions(
        1500, Duration.ofMinutes(5), false, false, maxPeers, ScrapeMessage.MAX_INFO_HASHES);
  }

  /** Bytes of the longest answer over {@code family}. */
  int maxAnswerBytes(AddressFamily family) {
    int ipHeader = family == AddressFamily.IPV4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES;
    return mtuBytes - ipHeader - UDP_HEADER_BYTES;
  }

  /** The most peers of an answer over {@code family}. */
  int maxPeers(AddressFamily family) {
    return Math.min(maxPeers, AnnounceMessage.peersIn(maxAnswerBytes(family), family));
  }

  /** The most torrents of a scrape. */
  int maxScrapeTorrents() {
    return Math.min(maxScrapeHashes, ScrapeMessage.MAX_INFO_HASHES);
  }
}
