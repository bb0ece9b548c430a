package io.trakx.netty.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** One open listening socket of {@link ListeningSockets}. */
interface ListeningSocket {
  /** Where it listens, with the port that was taken for 0. */
  InetSocketAddress address();

  /** Lets further sockets of this user listen at the same address from now on. */
  void shareAddress();

  /** Stops listening; done when the socket is closed. */
  CompletableFuture<Void> stop();
}
