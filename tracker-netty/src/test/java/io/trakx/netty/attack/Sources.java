package io.trakx.netty.attack;

import java.net.InetSocketAddress;

/** Addresses of the loopback device that connections and datagrams come from. */
final class Sources {
  private static final int ADDRESSES = 1 << 16;

  private Sources() {}

  /** Any port of the address of a number, within 127.{@code net}.0.0/16. */
  static InetSocketAddress of(int net, int number) {
    int host = Math.floorMod(number, ADDRESSES - 2) + 1;
    return new InetSocketAddress("127.%d.%d.%d".formatted(net, host >> 8, host & 0xff), 0);
  }
}
