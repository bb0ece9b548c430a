package io.trakx.netty.app;

import io.trakx.core.access.AccessControl;
import io.trakx.core.stats.Counters;
import io.trakx.core.swarm.StoreTotals;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.config.TrakxConfig;
import io.trakx.netty.persistence.History;
import io.trakx.netty.web.AnnouncePorts;
import io.trakx.netty.web.HistorySource;
import io.trakx.netty.web.LargeSwarm;
import io.trakx.netty.web.PageHandler;
import io.trakx.netty.web.Site;
import io.trakx.netty.web.Statistics;
import io.trakx.netty.web.WebOptions;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The pages of the public port, put together with all that they tell of. */
final class PublicPages implements AutoCloseable {
  private final Site site;
  private final PageHandler handler;
  private final AnnouncePorts ports = new AnnouncePorts();

  private PublicPages(
      WebOptions options,
      Statistics.Source statistics,
      HistorySource past,
      LongSupplier nanoClock) {
    site = new Site(options, statistics, past, ports);
    handler = new PageHandler(site, nanoClock);
  }

  /**
   * Puts them together.
   *
   * @param totals what the store holds, at most a second old
   * @param housekeeper looks for the largest swarms, if those are to be told of
   */
  static PublicPages of(
      TrakxConfig config,
      Supplier<StoreTotals> totals,
      Counters counters,
      History history,
      SwarmStore store,
      AccessControl access,
      Housekeeper housekeeper,
      LongSupplier uptimeSeconds,
      LongSupplier nanoClock) {
    WebOptions options = config.web();
    Supplier<List<LargeSwarm>> largest = List::of;
    if (options.largestSwarms() > 0) {
      LargestSwarms search = new LargestSwarms(store, access, options.largestSwarms(), nanoClock);
      housekeeper.repeat(search, config.sweepInterval());
      largest = search;
    }
    Statistics.Source statistics =
        new Statistics.Source(totals, counters, largest, uptimeSeconds, Clock.systemUTC());
    return new PublicPages(options, statistics, new PastFigures(history), nanoClock);
  }

  /** Answers for any number of connections. */
  PageHandler handler() {
    return handler;
  }

  /** Announces are served at these addresses from now on. */
  void serves(HttpPorts http, List<InetSocketAddress> udp) {
    ports.http(port(http.plain()));
    ports.https(port(http.encrypted()));
    ports.udp(port(udp));
  }

  /** Blocks while the pages are written for nobody, as {@link Site#rehearse} says. */
  void rehearse() {
    site.rehearse();
  }

  private static int port(List<InetSocketAddress> addresses) {
    return addresses.isEmpty() ? 0 : addresses.getFirst().getPort();
  }

  @Override
  public void close() {
    site.close();
  }
}
