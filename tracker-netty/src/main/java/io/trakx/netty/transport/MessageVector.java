package io.trakx.netty.transport;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A batch of datagrams as the kernel takes and gives them, with recvmmsg(2) and sendmmsg(2): where
 * each lies in memory, and whom it comes from or goes to. Filled and read in place, so that a
 * datagram makes no object.
 *
 * <pre>
 * header    name 8 | name's length 4, 4 unused | buffers 8 | their number 8 | control 8 | its length 8
 *           | flags 4, 4 unused | datagram's length 4, 4 unused         (struct mmsghdr of 64-bit Linux)
 * buffer    address 8 | length 8                                                        (struct iovec)
 * IPv4      family 2 | port 2 | address 4 | unused 8                              (struct sockaddr_in)
 * IPv6      family 2 | port 2 | flow 4 | address 16 | scope 4                    (struct sockaddr_in6)
 * </pre>
 *
 * <p>A name is one of the last two, port and address in network order. Not thread-safe; closed
 * once, after which it must not be used.
 */
class MessageVector implements AutoCloseable {
  /** The error of a call that would have had to wait. */
  static final int EAGAIN = 11;

  /** The error of a call that a signal broke off. */
  static final int EINTR = 4;

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int MSG_DONTWAIT = 0x40;

  private static final long HEADER_BYTES = 64;
  private static final long NAME = 0;
  private static final long NAME_LENGTH = 8;
  private static final long BUFFERS = 16;
  private static final long BUFFER_COUNT = 24;
  private static final long LENGTH = 56;

  private static final long BUFFER_BYTES = 16;
  private static final long BUFFER_LENGTH = 8;

  private static final long FAMILY = 0;
  private static final long PORT = 2;
  private static final long IPV4_ADDRESS = 4;
  private static final int IPV4_BYTES = 16;
  private static final long IPV6_ADDRESS = 8;
  private static final long SCOPE = 24;
  private static final int IPV6_BYTES = 28;

  /** A name's share of memory, aligned. */
  private static final long NAME_BYTES = 32;

  private static final ValueLayout.OfShort NET_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt NET_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong NET_LONG = JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);

  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
  private static final MethodHandle RECVMMSG =
      find(
          "recvmmsg",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle SENDMMSG =
      find("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));

  private final Arena arena = Arena.ofShared();
  private final MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
  private final MemorySegment headers;
  private final MemorySegment buffers;
  private final MemorySegment names;

  /**
   * @param datagrams how many there is room for
   */
  MessageVector(int datagrams) {
    headers = arena.allocate(datagrams * HEADER_BYTES, HEADER_BYTES);
    buffers = arena.allocate(datagrams * BUFFER_BYTES, BUFFER_BYTES);
    names = arena.allocate(datagrams * NAME_BYTES, NAME_BYTES);
    for (int i = 0; i < datagrams; i++) {
      long header = i * HEADER_BYTES;
      headers.set(JAVA_LONG, header + NAME, names.address() + i * NAME_BYTES);
      headers.set(JAVA_INT, header + NAME_LENGTH, (int) NAME_BYTES);
      headers.set(JAVA_LONG, header + BUFFERS, buffers.address() + i * BUFFER_BYTES);
      headers.set(JAVA_LONG, header + BUFFER_COUNT, 1);
    }
  }

  @SuppressWarnings("restricted") // functions of the C library, with the types that they have
  private static MethodHandle find(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
  }

  /** Says where a datagram's bytes lie, or may be written to. */
  final void buffer(int index, long address, int length) {
    long buffer = index * BUFFER_BYTES;
    buffers.set(JAVA_LONG, buffer, address);
    buffers.set(JAVA_LONG, buffer + BUFFER_LENGTH, length);
  }

  /** Says whom a datagram goes to. */
  final void recipient(int index, DatagramSender client) {
    long name = index * NAME_BYTES;
    names.set(NET_SHORT, name + PORT, (short) client.port());
    if (client.isIpv4()) {
      names.set(JAVA_SHORT, name + FAMILY, (short) AF_INET);
      names.set(NET_INT, name + IPV4_ADDRESS, client.ipv4());
      nameLength(index, IPV4_BYTES);
    } else {
      names.set(JAVA_SHORT, name + FAMILY, (short) AF_INET6);
      names.set(NET_LONG, name + IPV6_ADDRESS, client.ipv6High());
      names.set(NET_LONG, name + IPV6_ADDRESS + Long.BYTES, client.ipv6Low());
      names.set(JAVA_INT, name + SCOPE, client.scope());
      nameLength(index, IPV6_BYTES);
    }
  }

  /** Tells whom a received datagram comes from. */
  final void sender(int index, DatagramSender target) {
    long name = index * NAME_BYTES;
    int port = Short.toUnsignedInt(names.get(NET_SHORT, name + PORT));
    if (names.get(JAVA_SHORT, name + FAMILY) == AF_INET) {
      target.setIpv4(names.get(NET_INT, name + IPV4_ADDRESS), port);
    } else {
      target.setIpv6(
          names.get(NET_LONG, name + IPV6_ADDRESS),
          names.get(NET_LONG, name + IPV6_ADDRESS + Long.BYTES),
          names.get(JAVA_INT, name + SCOPE),
          port);
    }
  }

  /** How many bytes of a datagram were received. */
  final int length(int index) {
    return headers.get(JAVA_INT, index * HEADER_BYTES + LENGTH);
  }

  private void nameLength(int index, int bytes) {
    headers.set(JAVA_INT, index * HEADER_BYTES + NAME_LENGTH, bytes);
  }

  /**
   * Receives what is there.
   *
   * @return how many datagrams, from index 0, or an error number negated
   */
  final int receive(int socket, int most) {
    try {
      int received =
          result(
              (int)
                  RECVMMSG.invokeExact(
                      errno, socket, headers, most, MSG_DONTWAIT, MemorySegment.NULL));
      for (int i = 0; i < received; i++) {
        nameLength(i, (int) NAME_BYTES); // now what the sender's name took
      }
      return received;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /**
   * Sends datagrams in order, until the kernel takes no more.
   *
   * @return how many it took, or an error number negated if it took none
   */
  int send(int socket, int from, int count) {
    try {
      MemorySegment rest = headers.asSlice(from * HEADER_BYTES, count * HEADER_BYTES);
      return result((int) SENDMMSG.invokeExact(errno, socket, rest, count, MSG_DONTWAIT));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private int result(int returned) {
    return returned >= 0 ? returned : -(int) ERRNO.get(errno, 0L);
  }

  private static AssertionError impossible(Throwable e) {
    return new AssertionError("a function was called with other types than its own", e);
  }

  @Override
  public void close() {
    arena.close();
  }
}
