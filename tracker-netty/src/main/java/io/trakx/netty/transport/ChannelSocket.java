package io.trakx.netty.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.trakx.netty.transport.ListenException.Protocol;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A bound socket that is a channel of Netty's. */
final class ChannelSocket implements BoundSocket {
  private static final ChannelOption<Integer> IPV6_V6ONLY =
      new IntegerUnixChannelOption("IPV6_V6ONLY", LinuxOption.IPPROTO_IPV6, LinuxOption.V6ONLY);

  private final TransportType type;
  private final Channel channel;

  private ChannelSocket(TransportType type, Channel channel) {
    this.type = type;
    this.channel = channel;
  }

  /** Makes the channel of a plan with {@code maker}, unbound. */
  static <C extends Channel> C create(
      Protocol protocol, ListenPlan<?> plan, Function<SocketProtocolFamily, C> maker)
      throws ListenException {
    try {
      return maker.apply(plan.isIpv6() ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
    } catch (RuntimeException e) {
      throw new ListenException(protocol, plan.address(), e);
    }
  }

  /**
   * Binds a channel that is otherwise ready, or closes it.
   *
   * @param shared whether other sockets of this process are bound there already
   */
  static BoundSocket bind(
      TransportType type,
      Protocol protocol,
      ListenPlan<?> plan,
      InetSocketAddress address,
      Channel channel,
      EventLoop loop,
      boolean shared)
      throws ListenException {
    if (shared) {
      channel.config().setOption(type.reusePort(), true);
    }
    if (type.takesLinuxOptions() && plan.ipv6Only()) {
      channel.config().setOption(IPV6_V6ONLY, 1);
    }
    ChannelFuture bound = loop.register(channel).awaitUninterruptibly();
    if (bound.isSuccess()) {
      bound = channel.bind(address).awaitUninterruptibly();
    }
    @Nullable Throwable failure = bound.cause();
    if (failure != null) {
      channel.close().awaitUninterruptibly();
      throw new ListenException(protocol, address, failure);
    }
    return new ChannelSocket(type, channel);
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  @Override
  public boolean accepting() {
    return channel.isActive() && channel.config().isAutoRead();
  }

  @Override
  public void shareAddress() {
    channel.config().setOption(type.reusePort(), true);
  }

  /**
   * {@inheritDoc} Of a listening socket, the connections that wait are accepted first: to close it
   * would reset them, requests and all. The JDK's selectors let go of a closed socket only in their
   * next turn, and till then its port is taken, and may even accept.
   */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed all the same
  public CompletableFuture<Void> stop() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    if (channel instanceof ServerChannel listening) {
      acceptLast(listening);
    }
    channel.close().addListener(done -> afterNextTurn(() -> closed.complete(null)));
    return closed;
  }

  private void acceptLast(ServerChannel listening) {
    try {
      channel.eventLoop().execute(() -> type.acceptWaiting(listening));
    } catch (RejectedExecutionException e) {
      // The loop has ended, and has closed its channels.
    }
  }

  /** A timer that is set on the event loop goes off after the loop has asked its selector again. */
  @SuppressWarnings("FutureReturnValueIgnored") // nothing in the task can fail
  private void afterNextTurn(Runnable task) {
    try {
      channel.eventLoop().schedule(task, 1, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      task.run(); // the loop has ended, and its selector with it
    }
  }
}
