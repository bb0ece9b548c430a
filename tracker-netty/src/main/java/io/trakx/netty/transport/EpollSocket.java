package io.trakx.netty.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A bound socket on an epoll event loop, without a channel. What is thrown where it is handled must
 * go no further: an error would end the event loop, as none of a channel's can.
 *
 * <p>Opened and stopped by any thread but its event loop's; works on its event loop.
 */
abstract class EpollSocket implements BoundSocket, EpollIoHandle {
  private static final Logger LOG = LogManager.getLogger(EpollSocket.class);

  private final EventLoop loop;
  private final Socket socket;
  private final InetSocketAddress address;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile @Nullable IoRegistration registration;

  /**
   * @param socket one that is bound
   */
  EpollSocket(EventLoop loop, Socket socket) {
    this.loop = loop;
    this.socket = socket;
    this.address = socket.localAddress();
  }

  /** Has the event loop tell of what is {@code ready}. */
  final void register(EpollIoOps ready) throws IOException {
    try {
      IoRegistration registered =
          ((IoEventLoop) loop).register(this).syncUninterruptibly().getNow();
      registration = registered;
      registered.submit(ready);
    } catch (RejectedExecutionException e) {
      throw new IOException("the event loops have ended", e);
    }
  }

  final EventLoop loop() {
    return loop;
  }

  final Socket socket() {
    return socket;
  }

  /** Null before it is registered. */
  final @Nullable IoRegistration registration() {
    return registration;
  }

  /** Whether it is open, and its event loop alive. */
  final boolean isServed() {
    return !closed.isDone() && !loop.isShuttingDown();
  }

  final boolean isClosed() {
    return closed.isDone();
  }

  @Override
  public final InetSocketAddress address() {
    return address;
  }

  @Override
  public final void shareAddress() {
    try {
      socket.setReusePort(true);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public final FileDescriptor fd() {
    return socket;
  }

  @Override
  public final CompletableFuture<Void> stop() {
    try {
      loop.execute(this::finish);
    } catch (RejectedExecutionException e) {
      // The event loop has ended, and has closed what was registered with it.
      closed.complete(null);
    }
    return closed;
  }

  /** Stops, on the event loop. */
  void finish() {
    close();
  }

  /** Frees what belongs to the socket, which is closed. Called once, on the event loop. */
  void free() {}

  /** Called on the event loop, which closes what is still registered when it ends. */
  @Override
  public final void close() {
    if (closed.isDone()) {
      return;
    }
    IoRegistration registered = registration;
    if (registered != null) {
      registered.cancel();
    }
    close(socket);
    free();
    closed.complete(null);
  }

  static void close(FileDescriptor descriptor) {
    try {
      descriptor.close();
    } catch (IOException e) {
      LOG.debug("a socket is closed, but the system complained", e);
    }
  }
}
