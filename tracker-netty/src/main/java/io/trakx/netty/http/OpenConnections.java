package io.trakx.netty.http;

import io.trakx.core.stats.TrackerCounter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many HTTP connections are open, in all and of each network, exact. Thread-safe.
 *
 * <p>For connections that are kept, beside which a box or two do not count; one that carries a
 * single announce is gone before it could be counted. There are never more networks than open
 * connections. Networks are those of {@link io.trakx.core.protocol.PeerAddress#network()}: who
 * chooses them so that they fall into one bin of the map finds that bin sorted.
 */
final class OpenConnections {
  /** The network of those that are counted in all only, such as trusted proxies. */
  static final long UNLIMITED = -1;

  private final int most;
  private final int mostOfNetwork;
  private final AtomicInteger count = new AtomicInteger();
  private final ConcurrentMap<Long, Integer> networks = new ConcurrentHashMap<>();

  OpenConnections(HttpOptions options) {
    most = options.maxConnections();
    mostOfNetwork = options.connectionsPerAddress();
  }

  /** Counts a connection, or tells as what its refusal is to be counted. */
  @Nullable TrackerCounter open(long network) {
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      return TrackerCounter.HTTP_CONNECTIONS_REFUSED;
    }
    if (isLimited(network) && networks.merge(network, 1, Integer::sum) > mostOfNetwork) {
      close(network);
      return TrackerCounter.LIMITED_CONNECTIONS;
    }
    return null;
  }

  /** Takes back what {@link #open} counted. */
  void close(long network) {
    if (isLimited(network)) {
      networks.computeIfPresent(network, (key, open) -> open == 1 ? null : open - 1);
    }
    count.decrementAndGet();
  }

  /** Connections open now. */
  int count() {
    return count.get();
  }

  /** Networks that have connections open. */
  int networks() {
    return networks.size();
  }

  private boolean isLimited(long network) {
    return mostOfNetwork > 0 && network != UNLIMITED;
  }
}
