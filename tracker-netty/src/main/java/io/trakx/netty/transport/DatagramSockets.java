package io.trakx.netty.transport;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.trakx.netty.transport.ListenException.Protocol;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The open UDP sockets of a server. The kernel keeps what one client sends from one port on one
 * socket, and so on one event loop.
 *
 * <p>SO_REUSEADDR is never set: on UDP it shares a port just as SO_REUSEPORT does.
 */
public final class DatagramSockets extends BoundSockets<DatagramSockets.Place> {
  private final List<DatagramChannel> channels = new ArrayList<>();
  private final DatagramOptions options;
  private final Function<EventLoop, ? extends ChannelHandler> handlers;

  private DatagramSockets(
      EventLoops loops,
      DatagramOptions options,
      Function<EventLoop, ? extends ChannelHandler> handlers) {
    super(loops);
    this.options = options;
    this.handlers = handlers;
  }

  /** An address to receive at; the same is served at all of them. */
  record Place(InetSocketAddress address) implements Listener {}

  /**
   * Receives at all {@code addresses}, or at none: what was opened before a failure is closed
   * again. Blocks, so not to be called on an event loop.
   *
   * @param handlers makes the handler of a socket of an event loop. It gets what arrives as {@link
   *     io.netty.channel.socket.DatagramPacket}s, a batch before each {@code channelReadComplete}
   * @throws ListenException if one of them cannot be had; on a machine without IPv6 {@code [::]} is
   *     left out with a warning, unless there is nothing else
   */
  public static DatagramSockets open(
      EventLoops loops,
      DatagramOptions options,
      List<InetSocketAddress> addresses,
      Function<EventLoop, ? extends ChannelHandler> handlers)
      throws ListenException {
    DatagramSockets sockets = new DatagramSockets(loops, options, handlers);
    sockets.openAllOrNone(addresses.stream().map(Place::new).toList());
    return sockets;
  }

  /** What the kernel lets datagrams that wait to be read take up, for each socket. */
  public int receiveBufferBytes() {
    int bytes = channels.getFirst().config().getOption(ChannelOption.SO_RCVBUF);
    // Linux tells twice what was asked for, to account for what it needs itself (socket(7)).
    return type().takesLinuxOptions() ? bytes / 2 : bytes;
  }

  @Override
  boolean separatesFamilies() {
    return type().datagramsSeparateFamilies();
  }

  @Override
  BoundSocket bind(
      ListenPlan<Place> plan, InetSocketAddress address, List<EventLoop> served, boolean shared)
      throws ListenException {
    DatagramChannel channel = ChannelSocket.create(Protocol.UDP, plan, type()::newDatagramChannel);
    channels.add(channel);
    channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
    channel.config().setOption(ChannelOption.SO_RCVBUF, options.receiveBufferBytes());
    type().receiveInBatches(channel);
    if (plan.isIpv6() && plan.ipv4() == null) {
      channel.pipeline().addLast(new Ipv6Only());
    }
    EventLoop loop = served.getFirst();
    channel.pipeline().addLast(handlers.apply(loop));
    return ChannelSocket.bind(type(), Protocol.UDP, plan, address, channel, loop, shared);
  }
}
