package io.trakx.netty.admin;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.trakx.netty.metrics.Metrics;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.ListenException;
import io.trakx.netty.transport.ListeningSockets;
import io.trakx.netty.transport.TcpOptions;
import io.trakx.netty.transport.TcpService;
import io.trakx.netty.transport.TransportType;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The metrics port: listening sockets and one event loop for them, until closed.
 *
 * <p>Uses plain NIO whatever the public port uses: it has little to do, and works even where a
 * native transport is what is in trouble.
 */
public final class AdminServer implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger(AdminServer.class);
  private static final int MAX_LINE_BYTES = 2048;
  private static final int MAX_HEADER_BYTES = 8192;
  private static final int MAX_CHUNK_BYTES = 1024;
  private static final int MAX_BODY_BYTES = 1024;
  private static final int IDLE_SECONDS = 60;

  /** What there is, and what Prometheus asks for first. */
  private static final List<String> REHEARSED =
      List.of(
          "GET /debug/vars HTTP/1.1\r\n",
          "GET /metrics HTTP/1.1\r\n",
          "GET /metrics HTTP/1.1\r\nAccept: application/openmetrics-text;version=1.0.0\r\n",
          "GET /readyz HTTP/1.1\r\n");

  private final EventLoops loops;
  private final ListeningSockets sockets;

  private AdminServer(EventLoops loops, ListeningSockets sockets) {
    this.loops = loops;
    this.sockets = sockets;
  }

  /**
   * Listens.
   *
   * @param addresses where; none: nowhere
   * @throws ListenException if an address cannot be had; the message names it
   */
  public static AdminServer start(
      List<InetSocketAddress> addresses,
      TcpOptions tcp,
      DebugVars vars,
      Metrics metrics,
      Readiness readiness)
      throws ListenException {
    AdminHandler handler = new AdminHandler(vars, metrics, readiness);
    List<Service> services =
        addresses.stream().map(address -> new Service(address, handler)).toList();
    EventLoops loops = new EventLoops(TransportType.NIO, 1, "trakx-metrics");
    try {
      return new AdminServer(loops, ListeningSockets.open(loops, tcp, services));
    } catch (ListenException | RuntimeException e) {
      loops.close();
      throw e;
    }
  }

  /** Where the port really listens, in the order given, with the ports taken for 0. */
  public List<InetSocketAddress> addresses() {
    return sockets.addresses();
  }

  /**
   * Has all answers given a few times, so that the first monitor need not wait for what Java does
   * once. Blocks for less than a second; not for the port's own thread.
   */
  public void rehearse() {
    addresses().stream()
        .findFirst()
        .ifPresent(port -> new Rehearsal(port, REHEARSED).run(Rehearsal.ROUNDS));
  }

  /** Stops listening, closes all connections and ends the thread. */
  @Override
  public void close() {
    sockets.close().join();
    loops.close();
  }

  /** The metrics port at one address. */
  private record Service(InetSocketAddress address, AdminHandler handler)
      implements TcpService, TcpService.Opener {
    @Override
    public Opener opener(EventLoop loop) {
      return this;
    }

    @Override
    public boolean open(Channel connection) {
      connection
          .pipeline()
          .addLast("timeout", new ReadTimeoutHandler(IDLE_SECONDS))
          .addLast("codec", new HttpServerCodec(MAX_LINE_BYTES, MAX_HEADER_BYTES, MAX_CHUNK_BYTES))
          .addLast("aggregator", new HttpObjectAggregator(MAX_BODY_BYTES, true))
          .addLast("handler", handler);
      return true;
    }

    @Override
    public void acceptFailed(Throwable cause) {
      LOG.warn("the metrics port cannot accept a connection: {}", cause.getMessage());
    }
  }
}
