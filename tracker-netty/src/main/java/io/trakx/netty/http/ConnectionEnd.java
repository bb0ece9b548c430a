package io.trakx.netty.http;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** How a connection ends, with TLS before it or without. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it and is told to it
final class ConnectionEnd {
  private static final Logger LOG = LogManager.getLogger(ConnectionEnd.class);

  private ConnectionEnd() {}

  /**
   * Closes a connection.
   *
   * @param flushed whether all that was written is sent; a client that does not even take that
   *     would keep us waiting with the end of its TLS session as well
   */
  static void close(ChannelHandlerContext ctx, boolean flushed) {
    @Nullable ChannelHandlerContext tls = flushed ? null : ctx.pipeline().context(HttpOpener.TLS);
    if (tls == null) {
      ctx.close();
    } else {
      tls.close();
    }
  }

  /**
   * Ends a connection by a reset, so that the system forgets at once what the client did not take.
   */
  static void reset(ChannelHandlerContext ctx) {
    try {
      ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException e) {
      LOG.trace("a client has gone before it was cut off: {}", e.toString());
    }
    close(ctx, false);
  }

  /**
   * Tells the client that nothing more will come, while it may go on sending. From then on nothing
   * is decrypted any more: whatever arrives is only counted.
   */
  static void shutdownOutput(ChannelHandlerContext ctx) {
    if (ctx.pipeline().get(HttpOpener.TLS) instanceof SslHandler tls) {
      // Later, for the handler may be in the midst of handing over what it has decrypted.
      tls.closeOutbound().addListener(told -> ctx.executor().execute(() -> drop(ctx, tls)));
    } else {
      ((DuplexChannel) ctx.channel()).shutdownOutput();
    }
  }

  private static void drop(ChannelHandlerContext ctx, SslHandler tls) {
    if (ctx.channel().isActive()) {
      ctx.pipeline().remove(tls);
      ((DuplexChannel) ctx.channel()).shutdownOutput();
    }
  }
}
