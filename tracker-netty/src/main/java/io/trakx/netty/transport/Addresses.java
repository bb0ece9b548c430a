package io.trakx.netty.transport;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/** Socket addresses as text. */
public final class Addresses {
  private Addresses() {}

  /** The address as an operator writes it: {@code 0.0.0.0:1337}, {@code [::]:1337}. */
  public static String text(InetSocketAddress address) {
    return NetUtil.toSocketAddressString(address);
  }
}
