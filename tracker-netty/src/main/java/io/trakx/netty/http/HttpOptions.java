package io.trakx.netty.http;

import java.time.Duration;

/**
 * How the public HTTP port behaves.
 *
 * @param maxRequestBytes the most bytes of a request line with its headers
 * @param requestTimeout from a request's first byte, or from the connection's start, to its last;
 *     also how long the tracker may take for an answer, but for a full scrape
 * @param keepAlive whether connections stay open for further requests at all
 * @param keepAliveTimeout how long an open connection may be silent
 * @param writeTimeout how long a client may take nothing of an answer that waits for it
 * @param maxConnections the most open connections; further ones are closed at once
 * @param connectionsPerAddress the most open connections of one address that is no trusted proxy,
 *     or of one IPv6 network of 64 bits; further ones are closed at once; 0: any number
 * @param requestsPerConnection how many requests a connection may carry; 0: any number
 * @param trustStatedIp whether an announce's {@code ip} is taken for the client's address
 * @param maxPeers the most peers in an answer
 * @param maxScrapeHashes the most info-hashes of a scrape, the rest being ignored (BEP 48; 74 is
 *     what a UDP scrape can hold)
 * @param scrapeMinInterval how long clients shall wait between scrapes, whole seconds
 * @param maxUnsentBytes the most that may wait for slow clients, in all; beyond it, those are cut
 *     off that have taken nothing for longest
 * @param timeoutResolution how often timeouts are looked at; each may be late by that much
 */
public record HttpOptions(
    int maxRequestBytes,
    Duration requestTimeout,
    boolean keepAlive,
    Duration keepAliveTimeout,
    Duration writeTimeout,
    int maxConnections,
    int connectionsPerAddress,
    int requestsPerConnection,
    boolean trustStatedIp,
    int maxPeers,
    int maxScrapeHashes,
    Duration scrapeMinInterval,
    long maxUnsentBytes,
    Duration timeoutResolution) {

  /**
   * A quarter of what the heap may have, which is also how much Java grants to direct buffers. An
   * answer's buffer may be twice as large as the answer.
   */
  public static long usualUnsentBytes() {
    return Runtime.getRuntime().maxMemory() / 4;
  }

  /**
   * The defaults without limits of single clients, for answers of at most {@code maxPeers} peers.
   */
  public static HttpOptions defaults(int maxPeers) {
    return new HttpOptions(
        8 << 10,
        Duration.ofSeconds(10),
        true,
        Duration.ofSeconds(60),
        Duration.ofSeconds(20),
        100_000,
        0,
        0,
        false,
        maxPeers,
        74,
        Duration.ofMinutes(15),
        usualUnsentBytes(),
        Duration.ofSeconds(1));
  }
}
