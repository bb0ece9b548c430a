package io.trakx.netty.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.trakx.core.Tracker;
import io.trakx.core.stats.Counters;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.ListenException;
import io.trakx.netty.transport.ListeningSockets;
import io.trakx.netty.transport.TcpOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The public HTTP port: announce, scrape and pages at any number of addresses.
 *
 * <p>Started and stopped once, by one thread and not by an event loop.
 */
public final class HttpServer {
  private final EventLoops loops;
  private final TcpOptions tcp;
  private final HttpParts parts;
  private final Map<EventLoop, HttpWorker> workers = new HashMap<>();
  private final List<ListeningSockets> sockets = new CopyOnWriteArrayList<>();

  /**
   * @param pages makes the handler behind Netty's HTTP codec that answers, with one whole response
   *     each, all requests but the tracker's; called at most once a connection, on its event loop
   * @param fullScrape answers scrapes without info-hash, or null to refuse them
   * @param nanoClock the time for timeouts, such as {@link System#nanoTime}
   */
  public HttpServer(
      EventLoops loops,
      TcpOptions tcp,
      HttpOptions options,
      Tracker tracker,
      Counters counters,
      Supplier<? extends ChannelHandler> pages,
      @Nullable FullScrape fullScrape,
      LongSupplier nanoClock) {
    this.loops = loops;
    this.tcp = tcp;
    this.parts =
        new HttpParts(
            options, tracker, counters, pages, fullScrape, nanoClock, new OpenConnections(options));
    long maxUnsentBytes = options.maxUnsentBytes() / loops.all().size();
    for (EventLoop loop : loops.all()) {
      workers.put(loop, new HttpWorker(loop, parts, maxUnsentBytes));
    }
  }

  /**
   * Listens at all addresses, or at none. May be called again, for further addresses.
   *
   * @return the addresses in the order of {@code listeners}, with the ports that were taken for 0;
   *     {@code [::]} is missing on a machine without IPv6
   * @throws ListenException if an address cannot be had
   */
  public List<InetSocketAddress> start(List<HttpListener> listeners) throws ListenException {
    List<HttpService> services =
        listeners.stream().map(listener -> new HttpService(listener, this::worker)).toList();
    ListeningSockets opened = ListeningSockets.open(loops, tcp, services);
    sockets.add(opened);
    return opened.addresses();
  }

  /**
   * The addresses that take no connections at the moment; none before the start. Any thread to
   * which the started server was handed over may ask.
   */
  public List<InetSocketAddress> notAccepting() {
    return sockets.stream().flatMap(opened -> opened.notAccepting().stream()).toList();
  }

  /** How many connections are open; any thread may ask. */
  public int connections() {
    return parts.connections().count();
  }

  /**
   * Stops accepting, lets requests under way be answered, and closes each connection after its last
   * answer; after {@code grace} closes all that are left. The event loops go on.
   *
   * @return done when all is closed: how many connections were closed with a request under way
   */
  public CompletableFuture<Integer> stop(Duration grace) {
    CompletableFuture<Void> closed =
        CompletableFuture.allOf(
            sockets.stream().map(ListeningSockets::close).toArray(CompletableFuture<?>[]::new));
    CompletableFuture<Integer> cut = closed.thenApply(done -> 0);
    for (HttpWorker worker : workers.values()) {
      cut = cut.thenCombine(closed.thenCompose(done -> worker.stop(grace)), Integer::sum);
    }
    return cut;
  }

  private HttpWorker worker(EventLoop loop) {
    HttpWorker worker = workers.get(loop);
    if (worker == null) {
      throw new IllegalArgumentException("not one of this server's event loops: " + loop);
    }
    return worker;
  }
}
