package io.trakx.netty.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
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

  /** Level and name of an option that Netty has no constant for, from Linux's headers. */
  private static final IntegerUnixChannelOption IPV6_V6ONLY =
      new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

  private final EventLoops loops;
  private final List<Channel> channels = new ArrayList<>();
  private final List<InetSocketAddress> addresses = new ArrayList<>();

  BoundSockets(EventLoops loops) {
    this.loops = loops;
  }

  /** The addresses listened on, in the order of the services, with the real ports. */
  public final List<InetSocketAddress> addresses() {
    return List.copyOf(addresses);
  }

  /** Stops listening. Done when every socket is closed. */
  public final CompletableFuture<Void> close() {
    return CompletableFuture.allOf(
        channels.stream().map(BoundSockets::close).toArray(CompletableFuture<?>[]::new));
  }

  private static CompletableFuture<Void> close(Channel channel) {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    channel.close().addListener(done -> closed.complete(null));
    return closed;
  }

  /** What is listened for. */
  abstract ListenException.Protocol protocol();

  /** Whether {@code [::]} and {@code 0.0.0.0} can be had as two sockets on one port. */
  abstract boolean separatesFamilies();

  /** A new unbound channel; fails where the machine lacks {@code family}. */
  abstract Channel newChannel(SocketProtocolFamily family);

  /** Sets the options that a channel needs before it is bound. */
  abstract void configure(Channel channel);

  /** Adds the handlers of a socket that serves {@code served}, driven by the first of them. */
  abstract void buildPipeline(ChannelPipeline pipeline, ListenPlan<S> plan, List<EventLoop> served);

  final List<Channel> channels() {
    return channels;
  }

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
      return bind(plan, plan.address(), loops.all(), false);
    }
    InetSocketAddress address = plan.address();
    boolean shared = join;
    for (EventLoop loop : loops.all()) {
      address = bind(plan, address, List.of(loop), shared);
      if (!shared) {
        channels.getLast().config().setOption(type().reusePort(), true);
        shared = true;
      }
    }
    return address;
  }

  private InetSocketAddress bind(
      ListenPlan<S> plan, InetSocketAddress address, List<EventLoop> served, boolean reusePort)
      throws ListenException {
    Channel channel = create(plan);
    channels.add(channel);
    if (reusePort) {
      channel.config().setOption(type().reusePort(), true);
    }
    if (type().takesLinuxOptions() && plan.ipv6Only()) {
      channel.config().setOption(IPV6_V6ONLY, 1);
    }
    configure(channel);
    buildPipeline(channel.pipeline(), plan, served);
    ChannelFuture bound = served.getFirst().register(channel).awaitUninterruptibly();
    if (bound.isSuccess()) {
      bound = channel.bind(address).awaitUninterruptibly();
    }
    @Nullable Throwable failure = bound.cause();
    if (failure != null) {
      throw new ListenException(protocol(), address, failure);
    }
    return (InetSocketAddress) channel.localAddress();
  }

  private Channel create(ListenPlan<S> plan) throws ListenException {
    try {
      return newChannel(plan.isIpv6() ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
    } catch (RuntimeException e) {
      throw new ListenException(protocol(), plan.address(), e);
    }
  }
}
