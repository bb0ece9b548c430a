package io.trakx.netty.http;

import io.trakx.core.protocol.PeerAddress;
import java.net.InetAddress;

/**
 * Who is at the other end of a connection: a client, or a trusted proxy that is yet to say for
 * whom. Used on the connection's event loop only.
 */
final class RemoteEnd {
  private final TrustedProxies proxies;
  private final PeerAddress address = new PeerAddress();
  private boolean proxied;

  RemoteEnd(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  /** The connection's other socket is at {@code socket}. */
  void connected(InetAddress socket) {
    AddressBytes.copy(socket, address);
    proxied = proxies.contains(address);
  }

  /** The proxy said for whom the whole connection is; without a name it is nobody known. */
  void introduced(ProxyHeader header) {
    if (header.namesClient()) {
      address.addressOf(header.client());
      proxied = false;
    }
  }

  /** The client's address, or the proxy's if that is who it is. */
  PeerAddress address() {
    return address;
  }

  /** Whether it is a proxy, and the client somebody else. */
  boolean proxied() {
    return proxied;
  }

  TrustedProxies proxies() {
    return proxies;
  }
}
