package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.channel.EventLoop;
import io.trakx.netty.tls.ServerTls;
import io.trakx.netty.transport.TcpService;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The public HTTP port at one address. */
final class HttpService implements TcpService {
  private final HttpListener listener;
  private final byte @Nullable [] clientAddressHeader;
  private final Function<EventLoop, HttpWorker> workers;

  /**
   * @param workers gives the worker of an event loop
   */
  HttpService(HttpListener listener, Function<EventLoop, HttpWorker> workers) {
    this.listener = listener;
    String header = listener.clientAddressHeader();
    this.clientAddressHeader = header == null ? null : header.getBytes(ISO_8859_1);
    this.workers = workers;
  }

  @Override
  public InetSocketAddress address() {
    return listener.address();
  }

  TrustedProxies proxies() {
    return listener.proxies();
  }

  /** What encrypts its connections; null: nothing. */
  @Nullable ServerTls tls() {
    return listener.tls();
  }

  /** In which header of a request a trusted proxy names its client; null: in none. */
  byte @Nullable [] clientAddressHeader() {
    return clientAddressHeader;
  }

  /** Whether each connection begins with a {@link ProxyHeader}. */
  boolean proxyProtocol() {
    return clientAddressHeader == null;
  }

  @Override
  public Opener opener(EventLoop loop) {
    return new HttpOpener(workers.apply(loop), this);
  }
}
