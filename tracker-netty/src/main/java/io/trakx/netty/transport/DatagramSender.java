package io.trakx.netty.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sent a datagram, and so whom an answer goes to: address and port in words that are used
 * again. Not thread-safe.
 */
public final class DatagramSender {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private boolean ipv4;
  private long high;
  private long low;
  private int scope;
  private int port;

  /** The same as an object, where the transport made one. */
  private @Nullable InetSocketAddress socketAddress;

  /** Whether the address is one of IPv4. */
  public boolean isIpv4() {
    return ipv4;
  }

  /** The IPv4 address, in network order. */
  public int ipv4() {
    return (int) low;
  }

  /** The first half of the IPv6 address, in network order. */
  public long ipv6High() {
    return high;
  }

  /** The second half of the IPv6 address, in network order. */
  public long ipv6Low() {
    return low;
  }

  /** The interface that an IPv6 address of one link belongs to; 0: none. */
  int scope() {
    return scope;
  }

  /** The port, from 0, to which nothing can be sent, to 65535. */
  public int port() {
    return port;
  }

  /** The object that {@link #set(InetSocketAddress)} was given, or null. */
  @Nullable InetSocketAddress socketAddress() {
    return socketAddress;
  }

  void setIpv4(int address, int itsPort) {
    ipv4 = true;
    low = address;
    port = itsPort;
    socketAddress = null;
  }

  void setIpv6(long itsHigh, long itsLow, int itsScope, int itsPort) {
    ipv4 = false;
    high = itsHigh;
    low = itsLow;
    scope = itsScope;
    port = itsPort;
    socketAddress = null;
  }

  /**
   * Takes over a resolved address.
   *
   * <p>The JDK hands out copies of its bytes. Those of an IPv4 address are put together at once, so
   * that the compiler sees that no array is needed; those of an IPv6 address are garbage.
   */
  public void set(InetSocketAddress address) {
    InetAddress source = address.getAddress();
    byte[] bytes = source.getAddress();
    if (source instanceof Inet4Address) {
      setIpv4(
          bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff),
          address.getPort());
    } else {
      setIpv6(
          (long) LONG.get(bytes, 0),
          (long) LONG.get(bytes, Long.BYTES),
          source instanceof Inet6Address ipv6 ? ipv6.getScopeId() : 0,
          address.getPort());
    }
    socketAddress = address;
  }

  /** Takes over another's words. */
  public void set(DatagramSender other) {
    ipv4 = other.ipv4;
    high = other.high;
    low = other.low;
    scope = other.scope;
    port = other.port;
    socketAddress = other.socketAddress;
  }
}
