package io.trakx.netty.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.trakx.core.AnnouncePolicy;
import io.trakx.core.InMemoryTracker;
import io.trakx.core.Tracker;
import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.access.InfoHashList;
import io.trakx.core.access.InvalidListException;
import io.trakx.core.limit.AddressLimiter;
import io.trakx.core.limit.AddressLimits;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.tls.ServerTls;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.TcpOptions;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A tracker with its HTTP server on free loopback ports, and a clock for its timeouts. */
final class TestServer implements AutoCloseable {
  static final Duration TICK = Duration.ofMillis(10);
  static final int NUMWANT_DEFAULT = 50;
  static final int NUMWANT_MAX = 200;
  static final int INTERVAL_SECONDS = 1800;
  static final int JITTER_SECONDS = 60;

  final Counters counters = new Counters();
  final SwarmStore store;
  final HttpServer server;
  private final AtomicLong skippedNanos = new AtomicLong();
  private final EventLoops loops;
  private final List<InetSocketAddress> addresses;

  private TestServer(Builder builder) throws IOException {
    long startNanos = System.nanoTime();
    AddressLimiter limiter =
        new AddressLimiter(builder.addressLimits, 45, new Random(3), startNanos);
    store = new SwarmStore(builder.limits, new Random(1), false, limiter);
    Tracker tracker =
        builder.decorator.apply(
            new InMemoryTracker(
                store,
                new AnnouncePolicy(
                    INTERVAL_SECONDS,
                    JITTER_SECONDS,
                    900,
                    NUMWANT_DEFAULT,
                    builder.options.maxPeers(),
                    45),
                builder.access,
                counters,
                () -> (int) Duration.ofNanos(skippedNanos.get()).toMinutes(),
                new Random(2),
                limiter,
                builder.globalOnly));
    loops = new EventLoops(builder.transport, builder.loops, "test");
    server =
        new HttpServer(
            loops,
            TcpOptions.defaults(),
            builder.options,
            tracker,
            counters,
            builder.pages,
            builder.fullScrape,
            () -> (builder.clockStands ? startNanos : System.nanoTime()) + skippedNanos.get());
    addresses = server.start(builder.listeners);
  }

  static Builder on(TransportType transport) {
    return new Builder(transport);
  }

  /** All transports that work on this machine, for parameterised tests. */
  static List<TransportType> transports() {
    return Stream.of(TransportType.EPOLL, TransportType.NIO, TransportType.IO_URING)
        .filter(TransportType::isAvailable)
        .toList();
  }

  InetSocketAddress address(int listener) {
    return addresses.get(listener);
  }

  /** A connection over IPv4 from 127.0.0.1. */
  RawClient connect() throws IOException {
    return connectFrom("127.0.0.1");
  }

  /** A connection over IPv4 from one of 127.0.0.0/8, or over IPv6 from ::1. */
  RawClient connectFrom(String address) throws IOException {
    InetAddress from = InetAddress.getByName(address);
    return new RawClient(addresses.get(from.getAddress().length == 4 ? 0 : 1), from);
  }

  /** One GET from {@code from} on a connection of its own. */
  RawResponse get(String from, String target) throws IOException {
    try (RawClient client = connectFrom(from)) {
      return client.get(target, "Connection: close");
    }
  }

  long count(TrackerCounter counter) {
    return counters.get(counter);
  }

  /** Lets the time for timeouts pass: for all that has begun, and for nothing that begins later. */
  void skip(Duration duration) {
    for (EventLoop loop : loops.all()) {
      loop.submit(() -> {}).syncUninterruptibly();
    }
    skippedNanos.addAndGet(duration.toNanos());
    for (EventLoop loop : loops.all()) {
      loop.schedule(() -> {}, TICK.toNanos(), TimeUnit.NANOSECONDS).syncUninterruptibly();
    }
  }

  /** Has the event loops see what there is by now of their clients. */
  void look() {
    skip(Duration.ZERO);
  }

  /** Waits for something that other threads bring about. */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain: " + what);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    server.stop(Duration.ZERO).join();
    loops.close();
  }

  /** What a server is made of, where it is not the default. */
  static final class Builder {
    private final TransportType transport;
    private final AccessControl access = new AccessControl(AccessLists.OPEN);
    private final List<HttpListener> listeners = new ArrayList<>();
    private StoreLimits limits = new StoreLimits(1000, 1000, 1000);
    private HttpOptions options = TestOptions.defaults().build();
    private AddressLimits addressLimits = AddressLimits.NONE;
    private boolean globalOnly;
    private boolean clockStands;
    private int loops = 2;
    private UnaryOperator<Tracker> decorator = UnaryOperator.identity();
    private Supplier<? extends ChannelHandler> pages = TestPages::new;
    private @Nullable FullScrape fullScrape;
    private @Nullable ServerTls tls;

    private Builder(TransportType transport) {
      this.transport = transport;
    }

    Builder limits(StoreLimits value) {
      limits = value;
      return this;
    }

    /** Limits what single addresses may do; from now on, time passes by {@link #skip} only. */
    Builder addressLimits(AddressLimits value) {
      addressLimits = value;
      clockStands = true;
      return this;
    }

    Builder globalOnly() {
      globalOnly = true;
      return this;
    }

    Builder options(HttpOptions value) {
      options = value;
      return this;
    }

    Builder loops(int count) {
      loops = count;
      return this;
    }

    /** Puts something between the server and the real tracker. */
    Builder tracker(UnaryOperator<Tracker> value) {
      decorator = value;
      return this;
    }

    Builder pages(Supplier<? extends ChannelHandler> value) {
      pages = value;
      return this;
    }

    Builder fullScrape(FullScrape value) {
      fullScrape = value;
      return this;
    }

    /** Has all listeners encrypt. */
    Builder encrypted(ServerTls value) {
      tls = value;
      return this;
    }

    Builder deny(String... lines) throws InvalidListException {
      access.replace(new AccessLists(InfoHashList.parse(List.of(lines)), null));
      return this;
    }

    Builder allow(String... lines) throws InvalidListException {
      access.replace(new AccessLists(InfoHashList.EMPTY, InfoHashList.parse(List.of(lines))));
      return this;
    }

    /** Listens at a free port of {@code address}; without any, at 127.0.0.1 and ::1. */
    Builder listen(String address) {
      return listen(address, TrustedProxies.NONE, HttpListener.DEFAULT_CLIENT_ADDRESS_HEADER);
    }

    Builder listen(String address, TrustedProxies proxies, @Nullable String header) {
      listeners.add(new HttpListener(new InetSocketAddress(address, 0), proxies, header));
      return this;
    }

    TestServer start() throws IOException {
      if (listeners.isEmpty()) {
        listen("127.0.0.1").listen("::1");
      }
      if (tls != null) {
        ServerTls by = tls;
        listeners.replaceAll(listener -> listener.encrypted(by));
      }
      return new TestServer(this);
    }
  }
}
