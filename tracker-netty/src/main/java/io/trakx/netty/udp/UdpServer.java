package io.trakx.netty.udp;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.trakx.core.Tracker;
import io.trakx.core.stats.Counters;
import io.trakx.netty.transport.DatagramOptions;
import io.trakx.netty.transport.DatagramSockets;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.ListenException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The tracker over UDP at any number of addresses.
 *
 * <p>Started once and stopped once, by one thread and not by an event loop.
 */
public final class UdpServer {
  private final EventLoops loops;
  private final DatagramOptions datagrams;
  private final Map<EventLoop, UdpWorker> workers = new HashMap<>();
  private @Nullable DatagramSockets sockets;

  /**
   * @param key draws the key of the connection ids; must not be guessable
   * @param nanoClock the time for connection ids and for limits, such as {@link System#nanoTime}
   */
  public UdpServer(
      EventLoops loops,
      DatagramOptions datagrams,
      UdpOptions options,
      Tracker tracker,
      Counters counters,
      RandomGenerator key,
      LongSupplier nanoClock) {
    this.loops = loops;
    this.datagrams = datagrams;
    UdpParts parts =
        new UdpParts(
            options,
            tracker,
            counters,
            new ConnectionIds(options.connectionIdAge(), key, nanoClock),
            nanoClock,
            PooledByteBufAllocator.DEFAULT);
    for (EventLoop loop : loops.all()) {
      workers.put(loop, new UdpWorker(loop, parts));
    }
  }

  /**
   * Receives at all addresses, or at none.
   *
   * @return the addresses, with the ports that were taken for 0; {@code [::]} is missing on a
   *     machine without IPv6
   * @throws ListenException if an address cannot be had
   */
  public List<InetSocketAddress> start(List<InetSocketAddress> addresses) throws ListenException {
    DatagramSockets opened = DatagramSockets.open(loops, datagrams, addresses, this::worker);
    sockets = opened;
    return opened.addresses();
  }

  /**
   * The addresses that take no datagrams; none before the start. Any thread to which the started
   * server was handed over may ask.
   */
  public List<InetSocketAddress> notAccepting() {
    return sockets == null ? List.of() : sockets.notAccepting();
  }

  /**
   * Stops receiving; what has been received was answered already, unless the tracker is late. The
   * event loops go on.
   *
   * @return done when all is closed
   */
  public CompletableFuture<Void> stop() {
    CompletableFuture<Void> closed =
        sockets == null ? CompletableFuture.completedFuture(null) : sockets.close();
    return closed.thenCompose(
        done ->
            CompletableFuture.allOf(
                workers.values().stream()
                    .map(UdpServer::close)
                    .toArray(CompletableFuture<?>[]::new)));
  }

  private static CompletableFuture<Void> close(UdpWorker worker) {
    return CompletableFuture.runAsync(worker::close, worker.loop());
  }

  private UdpWorker worker(EventLoop loop) {
    UdpWorker worker = workers.get(loop);
    if (worker == null) {
      throw new IllegalArgumentException("not one of this server's event loops: " + loop);
    }
    return worker;
  }
}
