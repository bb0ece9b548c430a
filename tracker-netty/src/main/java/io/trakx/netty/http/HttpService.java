package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.transport.TcpService;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The public HTTP port at one address: takes its connections in and builds their pipelines. */
final class HttpService implements TcpService {
  private static final Logger LOG = LogManager.getLogger(HttpService.class);

  /** Name of the first handler of every connection; those for pages come behind it when needed. */
  static final String CONNECTION = "connection";

  private final HttpListener listener;
  private final byte[] clientAddressHeader;
  private final Function<EventLoop, HttpWorker> workers;
  private final RecvByteBufAllocator reads = new FixedRecvByteBufAllocator(HttpWorker.READ_BYTES);

  /**
   * @param workers gives the worker of an event loop
   */
  HttpService(HttpListener listener, Function<EventLoop, HttpWorker> workers) {
    this.listener = listener;
    this.clientAddressHeader = listener.clientAddressHeader().getBytes(ISO_8859_1);
    this.workers = workers;
  }

  @Override
  public InetSocketAddress address() {
    return listener.address();
  }

  TrustedProxies proxies() {
    return listener.proxies();
  }

  byte[] clientAddressHeader() {
    return clientAddressHeader;
  }

  @Override
  public Opener opener(EventLoop loop) {
    HttpWorker worker = workers.apply(loop);
    return new Opener() {
      @Override
      public boolean open(Channel connection) {
        if (!worker.admit()) {
          worker.count(TrackerCounter.HTTP_CONNECTIONS_REFUSED);
          return false;
        }
        worker.count(TrackerCounter.HTTP_CONNECTIONS);
        connection.closeFuture().addListener(closed -> worker.dismiss());
        configure(connection);
        buildPipeline(connection, worker);
        return true;
      }

      @Override
      public void acceptFailed(Throwable cause) {
        worker.count(TrackerCounter.HTTP_ACCEPTS_FAILED);
        LOG.warn("accepting no HTTP connections for a second: {}", cause.toString());
      }
    };
  }

  /** TCP_NODELAY is set by Netty itself on every connection. */
  private void configure(Channel connection) {
    connection.config().setAllocator(PooledByteBufAllocator.DEFAULT);
    connection.config().setRecvByteBufAllocator(reads);
    connection.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  /**
   * The pipeline of a connection. The first handler answers trackers' requests itself, and puts
   * codec, relay and page handler behind itself when the first other request comes ({@link
   * PageRelay#install}).
   */
  private void buildPipeline(Channel connection, HttpWorker worker) {
    connection.pipeline().addLast(CONNECTION, new HttpConnection(worker, this));
  }
}
