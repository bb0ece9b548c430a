package io.trakx.netty.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;

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
   * Receives what has arrived into {@code target}, from its beginning up to its limit.
   *
   * @param target a direct buffer
   * @return how many bytes, 0 if none has arrived, or {@link #CLOSED}
   */
  public final int receive(ByteBuffer target) {
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
  public final boolean send(ByteBuf source) {
    ByteBuffer bytes = source.internalNioBuffer(source.readerIndex(), source.readableBytes());
    try {
      source.skipBytes(socket.send(bytes, bytes.position(), bytes.limit()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  final Socket socket() {
    return socket;
  }
}
