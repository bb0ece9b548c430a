package io.trakx.netty.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLException;

/**
 * The TLS of a server: what new connections get their handler from. The certificate can be replaced
 * at any time; connections that are open keep theirs.
 *
 * <p>Thread-safe. A context of BoringSSL lies outside of the heap and is counted by references: one
 * is held here as long as it is the present one, and each connection holds one. The lock keeps it
 * from being freed between being looked up and being counted.
 */
public final class ServerTls implements AutoCloseable {
  /** How long the last bytes of a connection may take to be taken, before it is closed anyway. */
  private static final long CLOSE_MILLIS = 1000;

  private final TlsProvider provider;
  private SslContext context;

  /**
   * @throws SSLException if the provider cannot use these credentials
   */
  public ServerTls(TlsProvider provider, Credentials credentials) throws SSLException {
    this.provider = provider;
    this.context = provider.context(credentials);
  }

  /** What encrypts. */
  public TlsProvider provider() {
    return provider;
  }

  /**
   * Has new connections presented with other credentials.
   *
   * @throws SSLException if the provider cannot use them; the old ones stay
   */
  public void replace(Credentials credentials) throws SSLException {
    SslContext fresh = provider.context(credentials);
    SslContext old;
    synchronized (this) {
      old = context;
      context = fresh;
    }
    ReferenceCountUtil.release(old);
  }

  /**
   * A handler for one connection, before all others. It begins with the handshake, which whoever
   * installs it bounds in time.
   */
  public SslHandler newHandler(ByteBufAllocator allocator) {
    SslContext lent;
    synchronized (this) {
      lent = ReferenceCountUtil.retain(context);
    }
    try {
      // Such an engine decrypts record by record: a request is answered before the end of the
      // session behind it is looked at.
      SslHandler handler = new SslHandler(lent.newEngine(allocator));
      handler.setHandshakeTimeoutMillis(0);
      handler.setCloseNotifyFlushTimeoutMillis(CLOSE_MILLIS);
      return handler;
    } finally {
      ReferenceCountUtil.release(lent);
    }
  }

  /** No further connection gets a handler. */
  @Override
  public synchronized void close() {
    ReferenceCountUtil.release(context);
  }
}
