package io.trakx.netty.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A connection just accepted, of which no event loop knows yet. To receive, answer and close it
 * here takes three system calls, and none of what a channel needs to be set up and torn down.
 *
 * <p>Valid only in the call that it is handed to, on the event loop that accepted it. Nothing here
 * blocks.
 *
 * <p>The address lies as Netty's native code leaves it:
 *
 * <pre>
 * offset   IPv4                     IPv6
 *      0   length of the rest: 8    length of the rest: 24
 *      1   address, 4 bytes         address, 16 bytes
 *      5   port, 4 bytes
 *     17                            scope, 4 bytes
 *     21                            port, 4 bytes
 * </pre>
 */
public final class FreshConnection {
  /** What {@link #receive} returns when the client has closed its side, or is gone. */
  public static final int CLOSED = -1;

  static final int ADDRESS_BYTES = 25;
  private static final int LENGTH = 0;
  private static final int ADDRESS = LENGTH + 1;
  private static final int IPV4_LENGTH = 2 * Integer.BYTES;

  private final Socket socket;
  private final ByteBuffer address;

  /**
   * @param address the client's, as above
   */
  FreshConnection(int fd, ByteBuffer address) {
    this.socket = new Socket(fd);
    this.address = address;
  }

  /** Whether the client's address is one of IPv4. */
  public boolean isIpv4() {
    return address.get(LENGTH) == IPV4_LENGTH;
  }

  /** The client's IPv4 address, in network order. */
  public int ipv4() {
    return address.getInt(ADDRESS);
  }

  /** The first half of the client's IPv6 address, in network order. */
  public long ipv6High() {
    return address.getLong(ADDRESS);
  }

  /** The second half of the client's IPv6 address, in network order. */
  public long ipv6Low() {
    return address.getLong(ADDRESS + Long.BYTES);
  }

  /**
   * Receives what has arrived into {@code target}, from its beginning up to its limit.
   *
   * @param target a direct buffer
   * @return how many bytes, 0 if none has arrived, or {@link #CLOSED}
   */
  public int receive(ByteBuffer target) {
    try {
      return socket.recv(target, 0, target.limit());
    } catch (IOException e) {
      return CLOSED;
    }
  }

  /**
   * Sends the readable bytes of {@code source}, which must be a direct buffer, and moves its reader
   * index by what the system took: all of it, but for answers larger than a send buffer.
   *
   * @return whether the connection is good for more
   */
  public boolean send(ByteBuf source) {
    ByteBuffer bytes = source.internalNioBuffer(source.readerIndex(), source.readableBytes());
    try {
      source.skipBytes(socket.send(bytes, bytes.position(), bytes.limit()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  Socket socket() {
    return socket;
  }
}
