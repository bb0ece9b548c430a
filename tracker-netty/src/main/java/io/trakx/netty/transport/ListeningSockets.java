package io.trakx.netty.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.trakx.netty.transport.Acceptor.Target;
import io.trakx.netty.transport.ListenException.Protocol;
import io.trakx.netty.transport.TcpService.Opener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open TCP sockets of a server. Where the system cannot spread connections over several
 * sockets, one deals them out to the event loops. Closing leaves connections open.
 */
public final class ListeningSockets extends BoundSockets<TcpService> {
  /** Level and name of an option that Netty has no constant for, from Linux's headers. */
  private static final ChannelOption<Integer> TCP_DEFER_ACCEPT =
      new IntegerUnixChannelOption("TCP_DEFER_ACCEPT", 6, 9);

  private final TcpOptions options;

  private ListeningSockets(EventLoops loops, TcpOptions options) {
    super(loops);
    this.options = options;
  }

  /**
   * Listens for all {@code services}, or for none: what was opened before a failure is closed
   * again. Blocks, so not to be called on an event loop.
   *
   * @throws ListenException if one of them cannot be had; on a machine without IPv6 {@code [::]} is
   *     left out with a warning, unless there is nothing else
   */
  public static ListeningSockets open(
      EventLoops loops, TcpOptions options, List<? extends TcpService> services)
      throws ListenException {
    ListeningSockets sockets = new ListeningSockets(loops, options);
    sockets.openAllOrNone(services);
    return sockets;
  }

  @Override
  Protocol protocol() {
    return Protocol.TCP;
  }

  @Override
  boolean separatesFamilies() {
    return type().separatesFamilies();
  }

  @Override
  Channel newChannel(SocketProtocolFamily family) {
    return type().newServerChannel(family);
  }

  @Override
  void configure(Channel channel) {
    channel.config().setOption(ChannelOption.SO_BACKLOG, options.backlog());
    if (type().takesLinuxOptions()) {
      // A restart must not wait for the connections of the last run; the JDK sets it by itself.
      channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
      if (options.deferAccept().isPositive()) {
        channel.config().setOption(TCP_DEFER_ACCEPT, (int) options.deferAccept().toSeconds());
      }
    }
  }

  @Override
  void buildPipeline(
      ChannelPipeline pipeline, ListenPlan<TcpService> plan, List<EventLoop> served) {
    pipeline.addLast(new Acceptor(served.stream().map(loop -> target(plan, loop)).toList()));
  }

  private static Target target(ListenPlan<TcpService> plan, EventLoop loop) {
    Opener ipv4 = opener(plan.ipv4(), loop);
    Opener ipv6 = plan.bothFamiliesAlike() ? ipv4 : opener(plan.ipv6(), loop);
    return new Target(loop, ipv4, ipv6);
  }

  private static @Nullable Opener opener(@Nullable TcpService service, EventLoop loop) {
    return service == null ? null : service.opener(loop);
  }
}
