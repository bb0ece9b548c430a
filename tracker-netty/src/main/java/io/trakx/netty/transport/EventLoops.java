package io.trakx.netty.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The threads of one server, each an event loop of the chosen transport. Thread-safe. */
public final class EventLoops implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final TransportType type;
  private final MultiThreadIoEventLoopGroup group;
  private final List<EventLoop> loops;

  /**
   * Makes the loops; their threads start with their first work.
   *
   * @param type the transport, which is resolved here
   * @param count how many loops, 1 or more
   * @param name what their threads are called
   * @throws TransportUnavailableException if the transport does not work here
   */
  public EventLoops(TransportType type, int count, String name) {
    this.type = type.resolve();
    this.group =
        new MultiThreadIoEventLoopGroup(
            count, new DefaultThreadFactory(name), this.type.ioHandlerFactory());
    List<EventLoop> all = new ArrayList<>();
    for (EventExecutor executor : group) {
      all.add((EventLoop) executor);
    }
    this.loops = List.copyOf(all);
  }

  /** The transport in use, never {@link TransportType#AUTO}. */
  public TransportType type() {
    return type;
  }

  /** All loops, in a fixed order. */
  public List<EventLoop> all() {
    return loops;
  }

  /** Ends the loops after the work at hand, at the latest after {@code timeout}. */
  public Future<?> shutdown(Duration timeout) {
    return group.shutdownGracefully(0, timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the loops and waits for it, at most a few seconds. */
  @Override
  public void close() {
    shutdown(CLOSE_TIMEOUT).awaitUninterruptibly(2 * CLOSE_TIMEOUT.toMillis());
  }
}
