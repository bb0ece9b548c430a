package io.trakx.netty.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** One open socket of {@link BoundSockets}. */
interface BoundSocket {
  /** Where it is bound, with the port that was taken for 0. */
  InetSocketAddress address();

  /**
   * Whether it takes what comes: not once it is closed, nor while it rests because a connection
   * could not be accepted. Any thread may ask.
   */
  boolean accepting();

  /** Lets further sockets of this user be bound to the same address from now on. */
  void shareAddress();

  /** Closes the socket; done when that has happened. */
  CompletableFuture<Void> stop();
}
