package io.trakx.netty.http;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.tls.ServerTls;
import io.trakx.netty.transport.FreshConnection;
import io.trakx.netty.transport.TcpService.Opener;
import java.net.InetSocketAddress;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Takes in the connections of one event loop at one address: answers them on the spot, or builds
 * their pipelines.
 */
final class HttpOpener implements Opener {
  private static final Logger LOG = LogManager.getLogger(HttpOpener.class);

  /** Name of the first handler where proxies introduce their clients; it goes with that. */
  static final String PROXY_HEADER = "proxyHeader";

  /** Name of the handler of every connection; those for pages come behind it when needed. */
  static final String CONNECTION = "connection";

  /** Name of the handler before it on a connection of HTTPS. */
  static final String TLS = "tls";

  private final HttpWorker worker;
  private final HttpService service;
  private final boolean answersAtOnce;
  private final BareRequests requests;
  private final RecvByteBufAllocator reads = new FixedRecvByteBufAllocator(HttpWorker.READ_BYTES);
  private final PeerAddress remote = new PeerAddress();

  HttpOpener(HttpWorker worker, HttpService service) {
    this.worker = worker;
    this.service = service;
    this.answersAtOnce =
        !service.proxyProtocol() && service.tls() == null && worker.tracker().answersAtOnce();
    this.requests = new BareRequests(worker, service);
  }

  @Override
  public boolean serve(FreshConnection connection) {
    return answersAtOnce && requests.serve(connection);
  }

  @Override
  public boolean open(Channel connection) {
    LeftOver first = requests.takeLeftOver();
    IdleConnection idle = first.idle();
    if (idle != null) {
      worker.handedOn(idle);
      open(connection, first, idle.network());
      return true;
    }
    boolean proxied = remoteIsProxy(connection);
    if (service.proxyProtocol() && !proxied) {
      worker.count(TrackerCounter.HTTP_PROXY_UNTRUSTED);
      return false;
    }
    // A proxy's connections are many clients'.
    long network = proxied ? OpenConnections.UNLIMITED : remote.network();
    if (!worker.admit(network)) {
      return false;
    }
    if (!first.begun()) {
      worker.count(TrackerCounter.HTTP_CONNECTIONS);
    }
    open(connection, first, network);
    return true;
  }

  private void open(Channel connection, LeftOver first, long network) {
    try {
      configure(connection);
      buildPipeline(connection, first);
    } catch (RuntimeException | Error e) {
      worker.dismiss(network);
      throw e;
    }
    connection.closeFuture().addListener(closed -> worker.dismiss(network));
  }

  /** Finds out who connects. */
  private boolean remoteIsProxy(Channel connection) {
    if (connection.remoteAddress() instanceof InetSocketAddress address) {
      AddressBytes.copy(address.getAddress(), remote);
      return service.proxies().contains(remote);
    }
    // Gone already, and whatever it had is gone with it.
    return true;
  }

  @Override
  public void acceptFailed(Throwable cause) {
    worker.count(TrackerCounter.HTTP_ACCEPTS_FAILED);
    LOG.warn("accepting no HTTP connections for a second: {}", cause.toString());
  }

  /** TCP_NODELAY is set by Netty itself on every connection. */
  private void configure(Channel connection) {
    connection.config().setAllocator(PooledByteBufAllocator.DEFAULT);
    connection.config().setRecvByteBufAllocator(reads);
    connection.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  /**
   * The pipeline of a connection. Its handler answers trackers' requests itself, and puts codec,
   * relay and page handler behind itself when the first other request comes ({@link
   * PageRelay#install}). Before it there is only what takes off a proxy's header, and what decrypts
   * HTTPS.
   */
  private void buildPipeline(Channel connection, LeftOver first) {
    if (service.proxyProtocol()) {
      connection.pipeline().addLast(PROXY_HEADER, new ProxyHeaderHandler(worker));
    }
    ServerTls tls = service.tls();
    if (tls != null) {
      SslHandler handler = tls.newHandler(connection.alloc());
      handler.handshakeFuture().addListener(this::handshakeEnded);
      connection.pipeline().addLast(TLS, handler);
    }
    connection.pipeline().addLast(CONNECTION, new HttpConnection(worker, service, first));
  }

  private void handshakeEnded(Future<?> handshake) {
    worker.count(
        handshake.isSuccess()
            ? TrackerCounter.TLS_HANDSHAKES
            : TrackerCounter.TLS_HANDSHAKES_FAILED);
  }
}
