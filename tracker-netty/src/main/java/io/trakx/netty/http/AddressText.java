package io.trakx.netty.http;

import io.trakx.core.protocol.PeerAddress;

/** Reads IP addresses written as text; signatures only. */
public final class AddressText {
  private AddressText() {}

  /** Sets family and address, not the port; false if the range is not exactly one address. */
  public static boolean parse(byte[] buffer, int from, int to, PeerAddress address) {
    throw new UnsupportedOperationException();
  }
}
