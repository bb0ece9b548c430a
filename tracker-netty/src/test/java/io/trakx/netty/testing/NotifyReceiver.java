package io.trakx.netty.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainDatagramSocketAddress;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** systemd's end of the socket that services tell it about themselves by. */
public final class NotifyReceiver implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long PAUSE_NANOS = 2_000_000;
  private static final int MAX_BYTES = 4096;

  private final Socket socket;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_BYTES);
  private final String name;

  /**
   * @param name a path, or a name behind {@code @}, as NOTIFY_SOCKET has it
   */
  public NotifyReceiver(String name) throws IOException {
    this.name = name;
    // Loads Netty's native library.
    Epoll.ensureAvailability();
    this.socket = Socket.newSocketDomainDgram();
    socket.bind(new DomainSocketAddress(name.startsWith("@") ? "\0" + name.substring(1) : name));
  }

  /** What NOTIFY_SOCKET is to be. */
  public String name() {
    return name;
  }

  /** Waits for a message. */
  public String next() throws IOException {
    return messagesUntil(_ -> true).getLast();
  }

  /** Waits for a message that is {@code wanted}; returns all that came until then. */
  public List<String> messagesUntil(Predicate<String> wanted) throws IOException {
    List<String> messages = new ArrayList<>();
    long start = System.nanoTime();
    while (System.nanoTime() - start < LIMIT.toNanos()) {
      String message = poll();
      if (message == null) {
        LockSupport.parkNanos(PAUSE_NANOS);
        continue;
      }
      messages.add(message);
      if (wanted.test(message)) {
        return messages;
      }
    }
    throw new AssertionError("No such message, but " + messages);
  }

  /** What has come already; null: nothing. */
  public @Nullable String poll() throws IOException {
    buffer.clear();
    DomainDatagramSocketAddress sender = socket.recvFromDomainSocket(buffer, 0, MAX_BYTES);
    if (sender == null) {
      return null;
    }
    byte[] bytes = new byte[sender.receivedAmount()];
    buffer.get(0, bytes);
    return new String(bytes, UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
