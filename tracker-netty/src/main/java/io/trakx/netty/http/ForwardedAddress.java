package io.trakx.netty.http;

import io.trakx.core.protocol.PeerAddress;

/** Finds the client behind trusted proxies; signatures only. */
public final class ForwardedAddress {
  private ForwardedAddress() {}

  /** Sets {@code address} to the rightmost untrusted one; false: header missing or broken. */
  public static boolean find(
      byte[] buffer, RequestHead head, TrustedProxies proxies, PeerAddress address) {
    throw new UnsupportedOperationException();
  }
}
