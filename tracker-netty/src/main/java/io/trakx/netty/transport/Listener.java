package io.trakx.netty.transport;

import java.net.InetSocketAddress;

/** What is served at one address. */
public interface Listener {
  /** Where to listen; port 0 takes a free one. */
  InetSocketAddress address();
}
