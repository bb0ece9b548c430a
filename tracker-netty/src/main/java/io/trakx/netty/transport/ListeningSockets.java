package io.trakx.netty.transport;

import io.netty.channel.EventLoop;
import io.trakx.netty.transport.TcpService.Opener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The open TCP sockets of a server: per address one for each event loop, where the system can
 * spread connections over several (SO_REUSEPORT), else one that deals them out.
 *
 * <p>SO_REUSEPORT would also let a second process of the same user take a share of the connections
 * in silence. So the first socket of an address binds without it, which fails if anybody at all
 * listens there, and is opened to its siblings only then; there is no moment at which two processes
 * can both succeed.
 */
public final class ListeningSockets {
  private static final Logger LOG = LogManager.getLogger(ListeningSockets.class);

  private final EventLoops loops;
  private final TcpOptions options;
  private final List<ListeningSocket> sockets = new ArrayList<>();
  private final List<InetSocketAddress> addresses = new ArrayList<>();

  private ListeningSockets(EventLoops loops, TcpOptions options) {
    this.loops = loops;
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
    try {
      sockets.openAll(services);
      return sockets;
    } catch (ListenException | RuntimeException e) {
      sockets.close().join();
      throw e;
    }
  }

  /** The addresses listened on, in the order of the services, with the real ports. */
  public List<InetSocketAddress> addresses() {
    return List.copyOf(addresses);
  }

  /** Stops listening; connections stay. Done when every socket is closed. */
  public CompletableFuture<Void> close() {
    return CompletableFuture.allOf(
        sockets.stream().map(ListeningSocket::stop).toArray(CompletableFuture<?>[]::new));
  }

  private void openAll(List<? extends TcpService> services) throws ListenException {
    TransportType type = loops.type();
    List<ListenPlan> plans =
        ListenPlan.of(services, type.separatesFamilies(), type.ipv6Available());
    Map<TcpService, InetSocketAddress> real = new HashMap<>();
    List<ListenPlan> opened = new ArrayList<>();
    for (ListenPlan plan : plans) {
      boolean join = opened.stream().anyMatch(o -> o.covers(plan, type.separatesFamilies()));
      InetSocketAddress address = open(plan, join);
      opened.add(plan);
      for (TcpService service : services) {
        if (plan.serves(service)) {
          real.put(
              service, new InetSocketAddress(service.address().getAddress(), address.getPort()));
        }
      }
    }
    for (TcpService service : services) {
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
  private InetSocketAddress open(ListenPlan plan, boolean join) throws ListenException {
    List<Target> targets = new ArrayList<>();
    for (EventLoop loop : loops.all()) {
      Opener ipv4 = opener(plan.ipv4(), loop);
      Opener ipv6 = plan.bothFamiliesAlike() ? ipv4 : opener(plan.ipv6(), loop);
      targets.add(new Target(loop, ipv4, ipv6));
    }
    if (!loops.type().reusePortSupported()) {
      return listen(plan, plan.address(), targets, false).address();
    }
    InetSocketAddress address = plan.address();
    boolean shared = join;
    for (Target target : targets) {
      ListeningSocket socket = listen(plan, address, List.of(target), shared);
      address = socket.address();
      if (!shared) {
        socket.shareAddress();
        shared = true;
      }
    }
    return address;
  }

  private ListeningSocket listen(
      ListenPlan plan, InetSocketAddress address, List<Target> targets, boolean shared)
      throws ListenException {
    ListeningSocket socket = loops.type().listen(plan, address, targets, options, shared);
    sockets.add(socket);
    return socket;
  }

  private static @Nullable Opener opener(@Nullable TcpService service, EventLoop loop) {
    return service == null ? null : service.opener(loop);
  }
}
