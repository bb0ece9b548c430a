package io.trakx.netty.app;

import io.netty.channel.ChannelHandler;
import io.trakx.core.Tracker;
import io.trakx.core.stats.Counters;
import io.trakx.netty.admin.Rehearsal;
import io.trakx.netty.http.HttpListener;
import io.trakx.netty.http.HttpOptions;
import io.trakx.netty.http.HttpServer;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.ListenException;
import io.trakx.netty.transport.TcpOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Has the event loops of the public port answer with pages a few times, for nobody, so that the
 * first reader need not wait for what Java does once.
 *
 * <p>That is asked for on a port of the loopback device's which is open meanwhile only, and counted
 * where nobody sees it: whoever reads the figures finds no request that nobody made.
 */
final class PagesRehearsal implements Runnable {
  private static final Logger LOG = LogManager.getLogger(PagesRehearsal.class);
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

  /** None that reads the past, which may be slow. */
  private static final List<String> PAGES =
      List.of("GET /stats.json HTTP/1.1\r\n", "GET /stats HTTP/1.1\r\nAccept-Encoding: gzip\r\n");

  /** Enough that each event loop has some, wherever the system puts them. */
  private static final int CONNECTIONS = 10;

  private final HttpOptions options;
  private final EventLoops loops;
  private final Tracker tracker;
  private final Supplier<? extends ChannelHandler> pages;
  private final LongSupplier nanoClock;

  /**
   * @param loops of the public port
   * @param tracker is asked for nothing
   * @param pages as for {@link HttpServer}
   */
  PagesRehearsal(
      HttpOptions options,
      EventLoops loops,
      Tracker tracker,
      Supplier<? extends ChannelHandler> pages,
      LongSupplier nanoClock) {
    this.options = options;
    this.loops = loops;
    this.tracker = tracker;
    this.pages = pages;
    this.nanoClock = nanoClock;
  }

  /** Blocks for less than a second; that it fails harms nobody. */
  @Override
  public void run() {
    try {
      askForPages();
    } catch (ListenException | RuntimeException e) {
      LOG.debug("the pages were not rehearsed", e);
    }
  }

  private void askForPages() throws ListenException {
    HttpServer server =
        new HttpServer(
            loops,
            TcpOptions.defaults(),
            options,
            tracker,
            new Counters(nanoClock),
            pages,
            null,
            nanoClock);
    try {
      InetSocketAddress port = server.start(List.of(HttpListener.direct(ANY_PORT))).getFirst();
      new Rehearsal(port, PAGES).run(CONNECTIONS);
    } finally {
      // Nothing waits for it: the event loops may have ended.
      var _ = server.stop(Duration.ZERO);
    }
  }
}
