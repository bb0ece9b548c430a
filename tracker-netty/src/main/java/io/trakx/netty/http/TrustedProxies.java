package io.trakx.netty.http;

import io.trakx.core.protocol.PeerAddress;
import java.util.List;

/** The networks whose word on a client's address is taken; signatures only. Immutable. */
public final class TrustedProxies {
  /** Parses networks such as {@code 10.0.0.0/8}, {@code fd00::/8} or one address. */
  public static TrustedProxies parse(List<String> networks) {
    throw new UnsupportedOperationException();
  }

  /** Whether nobody is trusted. */
  public boolean isEmpty() {
    throw new UnsupportedOperationException();
  }

  /** Whether {@code address} lies in one of the networks. */
  public boolean contains(PeerAddress address) {
    throw new UnsupportedOperationException();
  }
}
