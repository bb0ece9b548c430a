package io.trakx.netty.transport;

import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.trakx.netty.transport.ListenException.Protocol;
import java.net.InetSocketAddress;
import java.util.List;

/** Listening as Netty does it, for the transports without a quicker way. */
final class ChannelListening {
  private static final ChannelOption<Integer> TCP_DEFER_ACCEPT =
      new IntegerUnixChannelOption(
          "TCP_DEFER_ACCEPT", LinuxOption.IPPROTO_TCP, LinuxOption.DEFER_ACCEPT);

  private static final ChannelOption<Integer> TCP_NOTSENT_LOWAT =
      new IntegerUnixChannelOption(
          "TCP_NOTSENT_LOWAT", LinuxOption.IPPROTO_TCP, LinuxOption.NOTSENT_LOWAT);

  private ChannelListening() {}

  /** See {@link TransportType#listen}. */
  static BoundSocket open(
      TransportType type,
      ListenPlan<TcpService> plan,
      InetSocketAddress address,
      List<Target> targets,
      TcpOptions options,
      boolean shared)
      throws ListenException {
    ServerChannel channel = ChannelSocket.create(Protocol.TCP, plan, type::newServerChannel);
    channel.config().setOption(ChannelOption.SO_BACKLOG, options.backlog());
    if (type.takesLinuxOptions()) {
      // A restart must not wait for the connections of the last run; the JDK sets it by itself.
      channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
      // Inherited by every connection.
      channel.config().setOption(TCP_NOTSENT_LOWAT, TcpOptions.UNSENT_BYTES);
      if (options.deferAccept().isPositive()) {
        channel.config().setOption(TCP_DEFER_ACCEPT, (int) options.deferAccept().toSeconds());
      }
    }
    channel.pipeline().addLast(new Acceptor(targets));
    return ChannelSocket.bind(
        type, Protocol.TCP, plan, address, channel, targets.getFirst().loop(), shared);
  }
}
