package io.trakx.netty.transport;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A listening socket as Netty has them, for the transports without a quicker way. */
final class ChannelListeningSocket implements ListeningSocket {
  private static final ChannelOption<Integer> IPV6_V6ONLY =
      new IntegerUnixChannelOption("IPV6_V6ONLY", LinuxOption.IPPROTO_IPV6, LinuxOption.V6ONLY);

  private static final ChannelOption<Integer> TCP_DEFER_ACCEPT =
      new IntegerUnixChannelOption(
          "TCP_DEFER_ACCEPT", LinuxOption.IPPROTO_TCP, LinuxOption.DEFER_ACCEPT);

  private final TransportType type;
  private final ServerChannel channel;

  private ChannelListeningSocket(TransportType type, ServerChannel channel) {
    this.type = type;
    this.channel = channel;
  }

  /**
   * Listens on the event loop of the first of {@code targets}; see {@link TransportType#listen}.
   */
  static ListeningSocket open(
      TransportType type,
      ListenPlan plan,
      InetSocketAddress address,
      List<Target> targets,
      TcpOptions options,
      boolean shared)
      throws ListenException {
    ServerChannel channel = create(type, plan);
    channel.config().setOption(ChannelOption.SO_BACKLOG, options.backlog());
    if (shared) {
      channel.config().setOption(type.reusePort(), true);
    }
    if (type.takesLinuxOptions()) {
      // A restart must not wait for the connections of the last run; the JDK sets it by itself.
      channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
      if (options.deferAccept().isPositive()) {
        channel.config().setOption(TCP_DEFER_ACCEPT, (int) options.deferAccept().toSeconds());
      }
      if (plan.ipv6Only()) {
        channel.config().setOption(IPV6_V6ONLY, 1);
      }
    }
    channel.pipeline().addLast(new Acceptor(targets));
    ChannelFuture bound = targets.getFirst().loop().register(channel).awaitUninterruptibly();
    if (bound.isSuccess()) {
      bound = channel.bind(address).awaitUninterruptibly();
    }
    @Nullable Throwable failure = bound.cause();
    if (failure != null) {
      channel.close().awaitUninterruptibly();
      throw new ListenException(address, failure);
    }
    return new ChannelListeningSocket(type, channel);
  }

  private static ServerChannel create(TransportType type, ListenPlan plan) throws ListenException {
    try {
      return type.newServerChannel(
          plan.isIpv6() ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
    } catch (RuntimeException e) {
      throw new ListenException(plan.address(), e);
    }
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  @Override
  public void shareAddress() {
    channel.config().setOption(type.reusePort(), true);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed all the same
  public CompletableFuture<Void> stop() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    channel.close().addListener(done -> closed.complete(null));
    return closed;
  }
}
