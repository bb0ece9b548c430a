package io.trakx.netty.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * A connection that is served on its socket, without a channel. Used on one event loop only.
 * Nothing here blocks.
 */
public abstract sealed class BareConnection permits FreshConnection, KeptConnection {
  /** What {@link #receive} returns when the client has closed its side, or is gone. */
  public static final int CLOSED = -1;

  private final Socket socket;

  BareConnection(Socket socket) {
    this.socket = socket;
  }

  /**
   * Receives what has arrived into {@code target}, from its beginning up to its capacity, whatever
   * its indices are.
   *
   * @param target a direct buffer
   * @return how many bytes, 0 if none has arrived, or {@link #CLOSED}
   */
  public final int receive(ByteBuf target) {
    int length = target.capacity();
    try {
      return target.hasMemoryAddress()
          ? socket.recvAddress(target.memoryAddress(), 0, length)
          : socket.recv(target.internalNioBuffer(0, length), 0, length);
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
  public final boolean send(ByteBuf source) {
    int from = source.readerIndex();
    int to = source.writerIndex();
    try {
      int sent =
          source.hasMemoryAddress()
              ? socket.sendAddress(source.memoryAddress(), from, to)
              : socket.send(source.internalNioBuffer(0, to), from, to);
      source.skipBytes(sent);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  final Socket socket() {
    return socket;
  }
}
