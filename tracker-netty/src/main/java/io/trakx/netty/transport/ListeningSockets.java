package io.trakx.netty.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.trakx.netty.transport.Acceptor.Target;
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

  /** Level and name of options that Netty has no constant for, from Linux's headers. */
  private static final ChannelOption<Integer> IPV6_V6ONLY =
      new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

  private static final ChannelOption<Integer> TCP_DEFER_ACCEPT =
      new IntegerUnixChannelOption("TCP_DEFER_ACCEPT", 6, 9);

  private final EventLoops loops;
  private final TcpOptions options;
  private final List<Channel> channels = new ArrayList<>();
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
        channels.stream().map(ListeningSockets::close).toArray(CompletableFuture<?>[]::new));
  }

  private static CompletableFuture<Void> close(Channel channel) {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    channel.close().addListener(done -> closed.complete(null));
    return closed;
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
      return bind(plan, plan.address(), loops.all().getFirst(), new Acceptor(targets), false);
    }
    InetSocketAddress address = plan.address();
    boolean shared = join;
    for (Target target : targets) {
      address = bind(plan, address, target.loop(), new Acceptor(List.of(target)), shared);
      Channel channel = channels.getLast();
      if (!shared) {
        channel.config().setOption(loops.type().reusePort(), true);
        shared = true;
      }
    }
    return address;
  }

  private static @Nullable Opener opener(@Nullable TcpService service, EventLoop loop) {
    return service == null ? null : service.opener(loop);
  }

  private InetSocketAddress bind(
      ListenPlan plan,
      InetSocketAddress address,
      EventLoop loop,
      Acceptor acceptor,
      boolean reusePort)
      throws ListenException {
    ServerChannel channel = create(plan);
    channels.add(channel);
    channel.config().setOption(ChannelOption.SO_BACKLOG, options.backlog());
    if (reusePort) {
      channel.config().setOption(loops.type().reusePort(), true);
    }
    if (loops.type().takesLinuxOptions()) {
      // A restart must not wait for the connections of the last run; the JDK sets it by itself.
      channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
      if (options.deferAccept().isPositive()) {
        channel.config().setOption(TCP_DEFER_ACCEPT, (int) options.deferAccept().toSeconds());
      }
      if (plan.ipv6Only()) {
        channel.config().setOption(IPV6_V6ONLY, 1);
      }
    }
    channel.pipeline().addLast(acceptor);
    ChannelFuture bound = loop.register(channel).awaitUninterruptibly();
    if (bound.isSuccess()) {
      bound = channel.bind(address).awaitUninterruptibly();
    }
    @Nullable Throwable failure = bound.cause();
    if (failure != null) {
      throw new ListenException(address, failure);
    }
    return (InetSocketAddress) channel.localAddress();
  }

  private ServerChannel create(ListenPlan plan) throws ListenException {
    try {
      return loops
          .type()
          .newServerChannel(plan.isIpv6() ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
    } catch (RuntimeException e) {
      throw new ListenException(plan.address(), e);
    }
  }
}
