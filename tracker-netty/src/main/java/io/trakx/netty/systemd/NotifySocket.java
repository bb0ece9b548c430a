package io.trakx.netty.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The socket that systemd reads messages of its services from: datagrams in the Unix domain, which
 * Java lacks and Netty's native library has. Thread-safe, and never waits.
 */
final class NotifySocket {
  /** How an address without a file is written, and what it begins with in fact. */
  private static final char ABSTRACT = '@';

  private final byte[] address;

  /**
   * @param name a path, or a name behind {@code @}
   */
  NotifySocket(String name) {
    this.address = name.getBytes(UTF_8);
    if (name.charAt(0) == ABSTRACT) {
      this.address[0] = 0;
    }
  }

  /**
   * Sends one message. It has a socket of its own: there are a few in a minute.
   *
   * @throws IOException if nobody takes it, or this machine has no native library of Netty's
   */
  void send(String message) throws IOException {
    if (!Epoll.isAvailable()) {
      throw new IOException("Netty has no native library here", Epoll.unavailabilityCause());
    }
    byte[] bytes = message.getBytes(UTF_8);
    // The library reads direct memory only.
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes);
    Socket socket = Socket.newSocketDomainDgram();
    try {
      if (socket.sendToDomainSocket(buffer, 0, bytes.length, address) != bytes.length) {
        throw new IOException("its queue is full");
      }
    } finally {
      socket.close();
    }
  }
}
