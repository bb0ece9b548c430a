package io.trakx.bench.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;

/**
 * Addresses as the kernel reads them.
 *
 * <pre>
 * sockaddr_in   family 2 | port 2 | address 4 | zero 8
 * sockaddr_in6  family 2 | port 2 | flow 4 | address 16 | scope 4
 * </pre>
 *
 * The family is in the machine's byte order, port and address in the network's.
 */
final class SocketAddresses {
  private static final long PORT = Short.BYTES;
  private static final long IPV4_ADDRESS = PORT + Short.BYTES;
  private static final long IPV6_ADDRESS = IPV4_ADDRESS + Integer.BYTES;
  private static final long IPV4_BYTES = IPV4_ADDRESS + 4 + 8;
  private static final long IPV6_BYTES = IPV6_ADDRESS + 16 + 4;

  private SocketAddresses() {}

  static MemorySegment of(Linux linux, InetAddress address, int port) {
    byte[] bytes = address.getAddress();
    boolean ipv6 = bytes.length == 16;
    MemorySegment segment = linux.allocate(ipv6 ? IPV6_BYTES : IPV4_BYTES);
    segment.set(JAVA_SHORT, 0, (short) (ipv6 ? Linux.AF_INET6 : Linux.AF_INET));
    segment.set(JAVA_BYTE, PORT, (byte) (port >>> 8));
    segment.set(JAVA_BYTE, PORT + 1, (byte) port);
    MemorySegment.copy(
        bytes, 0, segment, JAVA_BYTE, ipv6 ? IPV6_ADDRESS : IPV4_ADDRESS, bytes.length);
    return segment;
  }

  /** Replaces the address in what {@link #of} made for IPv4. */
  static void setIpv4(MemorySegment segment, int address) {
    for (int i = 0; i < Integer.BYTES; i++) {
      segment.set(JAVA_BYTE, IPV4_ADDRESS + i, (byte) (address >>> (24 - 8 * i)));
    }
  }
}
