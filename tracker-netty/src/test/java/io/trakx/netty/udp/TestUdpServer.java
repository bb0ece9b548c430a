package io.trakx.netty.udp;

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
import io.trakx.netty.transport.DatagramOptions;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A tracker with its UDP server on free loopback ports, and a clock for its connection ids and
 * limits.
 */
final class TestUdpServer implements AutoCloseable {
  static final int NUMWANT_DEFAULT = 50;
  static final int NUMWANT_MAX = 1000;
  static final int INTERVAL_SECONDS = 1800;
  static final int JITTER_SECONDS = 60;
  static final Duration ID_AGE = Duration.ofMinutes(5);

  final Counters counters = new Counters();
  private final AtomicLong skippedNanos = new AtomicLong();
  private final EventLoops loops;
  private final UdpServer server;
  private final List<InetSocketAddress> addresses;

  private TestUdpServer(Builder builder) throws IOException {
    AddressLimiter limiter = new AddressLimiter(builder.addressLimits, 45, new Random(3), 0);
    Tracker tracker =
        builder.decorator.apply(
            new InMemoryTracker(
                new SwarmStore(
                    new StoreLimits(10_000, 10_000, 10_000), new Random(1), false, limiter),
                new AnnouncePolicy(
                    INTERVAL_SECONDS, JITTER_SECONDS, 900, NUMWANT_DEFAULT, NUMWANT_MAX, 45),
                builder.access,
                counters,
                () -> (int) Duration.ofNanos(skippedNanos.get()).toMinutes(),
                new Random(2),
                limiter,
                builder.globalOnly));
    loops = new EventLoops(builder.transport, 2, "test");
    server =
        new UdpServer(
            loops,
            DatagramOptions.defaults(),
            new UdpOptions(
                builder.mtuBytes,
                ID_AGE,
                builder.answerWrongIds,
                builder.trustStatedIp,
                NUMWANT_MAX,
                ScrapeMessage.MAX_INFO_HASHES),
            tracker,
            counters,
            new SecureRandom(),
            skippedNanos::get);
    addresses = server.start(builder.listen);
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

  InetSocketAddress address(int index) {
    return addresses.get(index);
  }

  private static InetSocketAddress freePort(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 0);
  }

  /** A client at a free port of one of 127.0.0.0/8, or of ::1. */
  UdpClient client(String address) throws IOException {
    InetAddress from = InetAddress.getByName(address);
    return new UdpClient(from, addresses.get(from.getAddress().length == 4 ? 0 : 1));
  }

  long count(TrackerCounter counter) {
    return counters.get(counter);
  }

  /** Lets the time for connection ids and limits pass. */
  void skip(Duration duration) {
    skippedNanos.addAndGet(duration.toNanos());
  }

  /** Stops receiving, and goes on with its event loops. */
  void stop() {
    server.stop().join();
  }

  @Override
  public void close() {
    stop();
    loops.close();
  }

  /** What a server is made of, where it is not the default. */
  static final class Builder {
    private final TransportType transport;
    private final AccessControl access = new AccessControl(AccessLists.OPEN);
    private List<InetSocketAddress> listen = List.of(freePort("127.0.0.1"), freePort("::1"));
    private UnaryOperator<Tracker> decorator = UnaryOperator.identity();
    private AddressLimits addressLimits = AddressLimits.NONE;
    private boolean globalOnly;
    private int mtuBytes = 1500;
    private boolean answerWrongIds;
    private boolean trustStatedIp;

    private Builder(TransportType transport) {
      this.transport = transport;
    }

    Builder addressLimits(AddressLimits value) {
      addressLimits = value;
      return this;
    }

    Builder globalOnly() {
      globalOnly = true;
      return this;
    }

    Builder mtuBytes(int value) {
      mtuBytes = value;
      return this;
    }

    Builder answerWrongIds() {
      answerWrongIds = true;
      return this;
    }

    Builder trustStatedIp() {
      trustStatedIp = true;
      return this;
    }

    /** Puts something between the server and the real tracker. */
    Builder tracker(UnaryOperator<Tracker> value) {
      decorator = value;
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

    Builder listen(InetSocketAddress... places) {
      listen = List.of(places);
      return this;
    }

    TestUdpServer start() throws IOException {
      return new TestUdpServer(this);
    }
  }
}
