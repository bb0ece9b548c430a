package io.trakx.netty.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.trakx.netty.transport.TcpService.Opener;
import java.io.IOException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A connection that stays open on an epoll event loop without a channel: as long as its owner
 * answers at once whatever arrives, it costs a receive and a send a request, and no pipeline,
 * buffer or promise.
 *
 * <pre>
 *   served ----> waiting ----> closed
 *      |            |
 *      +------------+--------> channel
 * </pre>
 *
 * <p>Used on its event loop only.
 */
public final class KeptConnection extends BareConnection implements EpollIoHandle {
  private static final Logger LOG = LogManager.getLogger(KeptConnection.class);

  /** Told once of each arrival: what is left in the socket is not told again. */
  private static final EpollIoOps ARRIVALS =
      EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP).with(EpollIoOps.EPOLLET);

  /** Who answers on a connection, and keeps its books. */
  public interface Owner {
    /**
     * Something has arrived, or the client has closed its side; sometimes neither. What is left in
     * the socket is not told of again.
     *
     * @param ended whether the client has closed its side, maybe after what has arrived
     * @return true if nothing is left to do for now; false to have a channel made of the connection
     *     with {@link Opener#open}, called next on the same thread
     */
    boolean arrived(boolean ended);

    /** The connection is closed, by whomever; not called once {@link Opener#open} was. */
    void closed();
  }

  private final Owner owner;
  private @Nullable EventLoop loop;
  private @Nullable Opener opener;
  private @Nullable IoRegistration registration;
  private boolean over;

  KeptConnection(Socket socket, Owner owner) {
    super(socket);
    this.owner = owner;
  }

  /**
   * Begins to wait for arrivals, unless the connection was closed meanwhile.
   *
   * @param waits false to have a channel made of it instead
   */
  void begin(EventLoop eventLoop, Opener channelOpener, boolean waits) {
    loop = eventLoop;
    opener = channelOpener;
    if (over) {
      return;
    }
    if (waits) {
      register((IoEventLoop) eventLoop);
    } else {
      open();
    }
  }

  /** Whether it is neither closed nor a channel's. */
  public boolean isOpen() {
    return !over;
  }

  /** The registration is done when the call returns, since this is the event loop. */
  private void register(IoEventLoop eventLoop) {
    try {
      IoRegistration registered = eventLoop.register(this).syncUninterruptibly().getNow();
      registration = registered;
      registered.submit(ARRIVALS);
    } catch (RuntimeException e) {
      LOG.debug("closing a connection that cannot be waited for", e);
      close();
    }
  }

  @Override
  public void handle(IoRegistration registered, IoEvent event) {
    try {
      boolean ended = ((EpollIoEvent) event).ops().contains(EpollIoOps.EPOLLRDHUP);
      if (!owner.arrived(ended)) {
        open();
      }
    } catch (RuntimeException | Error e) {
      LOG.error("closing a connection after an error that is not its client's", e);
      close();
    }
  }

  private void open() {
    if (over) {
      return;
    }
    over = true;
    if (registration != null) {
      registration.cancel();
    }
    if (loop == null || opener == null || !ChannelOpening.open(loop, opener, socket().intValue())) {
      owner.closed();
    }
  }

  /** Closes the connection and tells its owner. The event loop does it as well, when it ends. */
  @Override
  public void close() {
    if (over) {
      return;
    }
    over = true;
    try {
      socket().close();
    } catch (IOException e) {
      LOG.debug("a socket is closed, but the system complained", e);
    }
    if (registration != null) {
      registration.cancel();
    }
    owner.closed();
  }

  @Override
  public FileDescriptor fd() {
    return socket();
  }
}
