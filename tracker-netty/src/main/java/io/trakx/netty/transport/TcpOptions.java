package io.trakx.netty.transport;

import java.time.Duration;

/**
 * How listening sockets are opened.
 *
 * @param backlog connections the kernel holds until they are accepted; it caps the figure at {@code
 *     net.core.somaxconn}
 * @param deferAccept how long the kernel holds a connection back for its first bytes (Linux's
 *     {@code TCP_DEFER_ACCEPT}, whole seconds); zero: not at all
 */
public record TcpOptions(int backlog, Duration deferAccept) {
  /** A backlog of 4096, and connections are handed over with their first bytes. */
  public static TcpOptions defaults() {
    return new TcpOptions(4096, Duration.ofSeconds(5));
  }
}
