package io.trakx.netty.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.trakx.netty.transport.TcpService.Opener;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands the connections of one listening socket to their service.
 *
 * <p>With a listening socket per event loop there is one target, the socket's own loop; a single
 * listening socket deals its connections out to all loops in turn.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it and is told to it
final class Acceptor extends ChannelInboundHandlerAdapter {
  private static final long PAUSE_MILLIS = 1000;

  private final List<Target> targets;
  private int next;

  Acceptor(List<Target> targets) {
    this.targets = targets;
  }

  private static @Nullable Opener opener(Target target, Channel connection) {
    if (target.familiesAlike()) {
      return target.ipv4();
    }
    return connection.remoteAddress() instanceof InetSocketAddress remote
            && remote.getAddress() instanceof Inet4Address
        ? target.ipv4()
        : target.ipv6();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Channel connection = (Channel) message;
    Target target = targets.get(next);
    next = next + 1 == targets.size() ? 0 : next + 1;
    boolean taken = false;
    try {
      Opener opener = opener(target, connection);
      if (opener != null && opener.open(connection)) {
        target.loop().register(connection);
        taken = true;
      }
    } catch (RejectedExecutionException e) {
      // The loops are shutting down, and so does this connection.
    } finally {
      if (!taken) {
        connection.unsafe().closeForcibly();
      }
    }
  }

  /** Without a pause, a listening socket that cannot be served would keep its loop spinning. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Opener opener = targets.getFirst().any();
    if (opener != null) {
      opener.acceptFailed(cause);
    }
    if (ctx.channel().config().isAutoRead()) {
      ctx.channel().config().setAutoRead(false);
      ctx.channel()
          .eventLoop()
          .schedule(
              () -> ctx.channel().config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
