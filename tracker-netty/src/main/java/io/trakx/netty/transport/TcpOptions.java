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
  /**
   * What a connection takes to send when nothing can be sent (Linux's {@code TCP_NOTSENT_LOWAT}),
   * instead of up to the 4 MiB of {@code net.ipv4.tcp_wmem}: enough for an announce's answer.
   */
  static final int UNSENT_BYTES = 16 << 10;

  /** A backlog of 4096, and connections are handed over with their first bytes. */
  public static TcpOptions defaults() {
    return new TcpOptions(4096, Duration.ofSeconds(5));
  }
}
