package io.trakx.netty.transport;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;

/**
 * The open UDP sockets of a server. The kernel keeps what one client sends from one port on one
 * socket, and so on one event loop.
 *
 * <p>On epoll a datagram makes no garbage; elsewhere it makes Netty's packet and address.
 *
 * <p>SO_REUSEADDR is never set: on UDP it shares a port just as SO_REUSEPORT does.
 */
public final class DatagramSockets extends BoundSockets<DatagramSockets.Place> {
  private final DatagramOptions options;
  private final Function<EventLoop, ? extends DatagramService> services;
  private int receiveBufferBytes;

  private DatagramSockets(
      EventLoops loops,
      DatagramOptions options,
      Function<EventLoop, ? extends DatagramService> services) {
    super(loops);
    this.options = options;
    this.services = services;
  }

  /** An address to receive at; the same is served at all of them. */
  record Place(InetSocketAddress address) implements Listener {}

  /**
   * Receives at all {@code addresses}, or at none: what was opened before a failure is closed
   * again. Blocks, so not to be called on an event loop.
   *
   * @param services what is done with the datagrams of an event loop
   * @throws ListenException if one of them cannot be had; on a machine without IPv6 {@code [::]} is
   *     left out with a warning, unless there is nothing else
   */
  public static DatagramSockets open(
      EventLoops loops,
      DatagramOptions options,
      List<InetSocketAddress> addresses,
      Function<EventLoop, ? extends DatagramService> services)
      throws ListenException {
    DatagramSockets sockets = new DatagramSockets(loops, options, services);
    sockets.openAllOrNone(addresses.stream().map(Place::new).toList());
    return sockets;
  }

  /** What the kernel lets datagrams that wait to be read take up, for each socket. */
  public int receiveBufferBytes() {
    return receiveBufferBytes;
  }

  @Override
  boolean separatesFamilies() {
    return type().datagramsSeparateFamilies();
  }

  @Override
  BoundSocket bind(
      ListenPlan<Place> plan, InetSocketAddress address, List<EventLoop> served, boolean shared)
      throws ListenException {
    EventLoop loop = served.getFirst();
    BoundDatagrams bound =
        type()
            .receive(
                new DatagramBinding(plan, address, options, loop, services.apply(loop), shared));
    receiveBufferBytes = bound.receiveBufferBytes();
    return bound.socket();
  }
}
