package io.trakx.netty.transport;

import io.netty.channel.EventLoop;
import io.trakx.netty.transport.TcpService.Opener;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open TCP sockets of a server. Where the system cannot spread connections over several
 * sockets, one deals them out to the event loops. Closing leaves connections open.
 */
public final class ListeningSockets extends BoundSockets<TcpService> {
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
  boolean separatesFamilies() {
    return type().separatesFamilies();
  }

  @Override
  BoundSocket bind(
      ListenPlan<TcpService> plan,
      InetSocketAddress address,
      List<EventLoop> served,
      boolean shared)
      throws ListenException {
    List<Target> targets = served.stream().map(loop -> target(plan, loop)).toList();
    return type().listen(plan, address, targets, options, shared);
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
