package io.trakx.netty.transport;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The open sockets of a server: per address one for each event loop, where the system can spread
 * what comes over several (SO_REUSEPORT), else one.
 *
 * <p>SO_REUSEPORT would also let a second process of the same user take a share of the traffic in
 * silence. So the first socket of an address binds without it, which fails if anybody at all is
 * bound there, and is opened to its siblings only then; there is no moment at which two processes
 * can both succeed.
 *
 * @param <S> what is served at an address
 */
abstract class BoundSockets<S extends Listener> {
  private static final Logger LOG = LogManager.getLogger(BoundSockets.class);

  private final EventLoops loops;
  private final List<BoundSocket> sockets = new ArrayList<>();
  private final List<InetSocketAddress> addresses = new ArrayList<>();

  BoundSockets(EventLoops loops) {
    this.loops = loops;
  }

  /** The addresses listened on, in the order of the services, with the real ports. */
  public final List<InetSocketAddress> addresses() {
    return List.copyOf(addresses);
  }

  /**
   * The addresses of which a socket takes nothing, being closed or at rest after a connection that
   * could not be accepted. Any thread to which this was handed over may ask.
   */
  public final List<InetSocketAddress> notAccepting() {
    return sockets.stream()
        .filter(socket -> !socket.accepting())
        .map(BoundSocket::address)
        .distinct()
        .toList();
  }

  /** Stops listening. Done when every socket is closed. */
  public final CompletableFuture<Void> close() {
    return CompletableFuture.allOf(
        sockets.stream().map(BoundSocket::stop).toArray(CompletableFuture<?>[]::new));
  }

  /** Whether {@code [::]} and {@code 0.0.0.0} can be had as two sockets on one port. */
  abstract boolean separatesFamilies();

  /**
   * Opens one socket.
   *
   * @param served the event loops whose work it brings, driven by the first of them
   * @param shared whether other sockets of this process are bound there already
   */
  abstract BoundSocket bind(
      ListenPlan<S> plan, InetSocketAddress address, List<EventLoop> served, boolean shared)
      throws ListenException;

  final TransportType type() {
    return loops.type();
  }

  /** Opens all sockets, or closes those that it has opened and throws. */
  final void openAllOrNone(List<? extends S> services) throws ListenException {
    try {
      openAll(services);
    } catch (ListenException | RuntimeException e) {
      close().join();
      throw e;
    }
  }

  private void openAll(List<? extends S> services) throws ListenException {
    List<ListenPlan<S>> plans =
        ListenPlan.of(services, separatesFamilies(), type().ipv6Available());
    Map<S, InetSocketAddress> real = new HashMap<>();
    List<ListenPlan<S>> opened = new ArrayList<>();
    for (ListenPlan<S> plan : plans) {
      boolean join = opened.stream().anyMatch(o -> o.covers(plan, separatesFamilies()));
      InetSocketAddress address = open(plan, join);
      opened.add(plan);
      for (S service : services) {
        if (plan.serves(service)) {
          real.put(
              service, new InetSocketAddress(service.address().getAddress(), address.getPort()));
        }
      }
    }
    for (S service : services) {
      InetSocketAddress address = real.get(service);
      if (address == null) {
        LOG.warn(
            "not listening on {}: this machine has no IPv6", Addresses.text(service.address()));
      } else {
        addresses.add(address);
      }
    }
  }

  /**
   * Opens the sockets of one plan.
   *
   * @param join whether a socket of ours holds the port already
   * @return the address with its real port
   */
  private InetSocketAddress open(ListenPlan<S> plan, boolean join) throws ListenException {
    if (!type().reusePortSupported()) {
      return add(bind(plan, plan.address(), loops.all(), false)).address();
    }
    InetSocketAddress address = plan.address();
    boolean shared = join;
    for (EventLoop loop : loops.all()) {
      BoundSocket socket = add(bind(plan, address, List.of(loop), shared));
      address = socket.address();
      if (!shared) {
        socket.shareAddress();
        shared = true;
      }
    }
    return address;
  }

  private BoundSocket add(BoundSocket socket) {
    sockets.add(socket);
    return socket;
  }
}
