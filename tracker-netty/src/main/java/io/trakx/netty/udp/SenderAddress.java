package io.trakx.netty.udp;

import io.trakx.core.protocol.PeerAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteOrder;

/** Takes a datagram's sender over into the tracker's words. */
final class SenderAddress {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private SenderAddress() {}

  /**
   * Sets family and address of {@code target}; an IPv4-mapped address becomes IPv4.
   *
   * <p>The JDK hands out copies. Of an IPv4 address it is put together here and taken apart again,
   * byte by byte, so that the compiler sees that no array is needed; that of an IPv6 address is 32
   * bytes of garbage.
   */
  static void copy(InetAddress source, PeerAddress target) {
    if (source instanceof Inet4Address ipv4) {
      byte[] bytes = ipv4.getAddress();
      target.ipv4(
          bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff));
    } else {
      byte[] bytes = source.getAddress();
      target.ipv6((long) LONG.get(bytes, 0), (long) LONG.get(bytes, Long.BYTES));
    }
  }
}
