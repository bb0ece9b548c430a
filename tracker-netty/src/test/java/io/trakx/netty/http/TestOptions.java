package io.trakx.netty.http;

import java.time.Duration;

/** The default options with some of them changed, and timeouts looked at often. */
final class TestOptions {
  private final HttpOptions defaults = HttpOptions.defaults(TestServer.NUMWANT_MAX);
  private int maxRequestBytes = defaults.maxRequestBytes();
  private boolean keepAlive = true;
  private int maxConnections = defaults.maxConnections();
  private int connectionsPerAddress = defaults.connectionsPerAddress();
  private int requestsPerConnection = defaults.requestsPerConnection();
  private boolean trustStatedIp = defaults.trustStatedIp();
  private int maxPeers = defaults.maxPeers();
  private long maxUnsentBytes = defaults.maxUnsentBytes();
  private int maxScrapeHashes = defaults.maxScrapeHashes();

  private TestOptions() {}

  static TestOptions defaults() {
    return new TestOptions();
  }

  TestOptions maxRequestBytes(int value) {
    maxRequestBytes = value;
    return this;
  }

  TestOptions keepAlive(boolean value) {
    keepAlive = value;
    return this;
  }

  TestOptions maxConnections(int value) {
    maxConnections = value;
    return this;
  }

  TestOptions connectionsPerAddress(int value) {
    connectionsPerAddress = value;
    return this;
  }

  TestOptions requestsPerConnection(int value) {
    requestsPerConnection = value;
    return this;
  }

  TestOptions trustStatedIp(boolean value) {
    trustStatedIp = value;
    return this;
  }

  TestOptions maxPeers(int value) {
    maxPeers = value;
    return this;
  }

  TestOptions maxScrapeHashes(int value) {
    maxScrapeHashes = value;
    return this;
  }

  TestOptions maxUnsentBytes(long value) {
    maxUnsentBytes = value;
    return this;
  }

  HttpOptions build() {
    return new HttpOptions(
        maxRequestBytes,
        defaults.requestTimeout(),
        keepAlive,
        defaults.keepAliveTimeout(),
        defaults.writeTimeout(),
        maxConnections,
        connectionsPerAddress,
        requestsPerConnection,
        trustStatedIp,
        maxPeers,
        maxScrapeHashes,
        defaults.scrapeMinInterval(),
        maxUnsentBytes,
        Duration.ofMillis(10));
  }
}
