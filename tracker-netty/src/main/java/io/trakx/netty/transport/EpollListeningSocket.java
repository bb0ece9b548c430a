package io.trakx.netty.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Socket;
import io.trakx.netty.transport.ListenException.Protocol;
import io.trakx.netty.transport.TcpService.Opener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * A listening socket on an epoll event loop that lets its service answer a connection before a
 * channel is made of it. A client that asks once and goes, as most of a public tracker's do, costs
 * no more system calls than accept, receive, send and close.
 *
 * <p>Opened and closed by any thread but its event loop's; works on its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of a timer
final class EpollListeningSocket extends EpollSocket {
  private static final Logger LOG = LogManager.getLogger(EpollListeningSocket.class);

  /** Connections accepted before the event loop looks after the others again. */
  private static final int MAX_ACCEPTS = 64;

  /** Connections accepted before the socket is closed: as many as may wait, while others come. */
  private static final int MAX_LAST_ACCEPTS = TcpOptions.defaults().backlog();

  private static final long PAUSE_MILLIS = 1000;

  /** Ready as long as a connection waits. */
  private static final EpollIoOps ACCEPTING = EpollIoOps.EPOLLIN;

  /** Never ready; to ask for nothing at all would remove the socket for good. */
  private static final EpollIoOps PAUSED = EpollIoOps.EPOLLET;

  private final Target target;
  private final byte[] accepted = new byte[FreshConnection.ADDRESS_BYTES];
  private final ByteBuffer acceptedAddress = ByteBuffer.wrap(accepted);
  private volatile boolean paused;

  EpollListeningSocket(Target target, Socket socket) {
    super(target.loop(), socket);
    this.target = target;
  }

  /** Listens on the event loop of {@code target}; see {@link TransportType#listen}. */
  static BoundSocket open(
      ListenPlan<TcpService> plan,
      InetSocketAddress address,
      Target target,
      TcpOptions options,
      boolean shared)
      throws ListenException {
    Socket socket;
    try {
      socket = new StreamSocket(plan.isIpv6());
    } catch (RuntimeException e) {
      throw new ListenException(Protocol.TCP, address, e);
    }
    try {
      listen(socket, plan, address, options, shared);
      EpollListeningSocket listening = new EpollListeningSocket(target, socket);
      listening.register(ACCEPTING);
      return listening;
    } catch (IOException | RuntimeException e) {
      close(socket);
      throw new ListenException(Protocol.TCP, address, e);
    }
  }

  /** A TCP socket of the family asked for. */
  private static final class StreamSocket extends Socket {
    StreamSocket(boolean ipv6) {
      super(newSocketStream0(ipv6));
    }
  }

  private static void listen(
      Socket socket,
      ListenPlan<TcpService> plan,
      InetSocketAddress address,
      TcpOptions options,
      boolean shared)
      throws IOException {
    // A restart must not wait for the connections of the last run.
    socket.setReuseAddress(true);
    if (shared) {
      socket.setReusePort(true);
    }
    if (options.deferAccept().isPositive()) {
      int seconds = (int) options.deferAccept().toSeconds();
      socket.setIntOpt(LinuxOption.IPPROTO_TCP, LinuxOption.DEFER_ACCEPT, seconds);
    }
    // Inherited by every connection. Of the last two, see take, the first matters once the second
    // is off.
    socket.setIntOpt(LinuxOption.IPPROTO_TCP, LinuxOption.NOTSENT_LOWAT, TcpOptions.UNSENT_BYTES);
    socket.setIntOpt(LinuxOption.IPPROTO_TCP, LinuxOption.NODELAY, 1);
    socket.setIntOpt(LinuxOption.IPPROTO_TCP, LinuxOption.CORK, 1);
    if (plan.ipv6Only()) {
      socket.setIntOpt(LinuxOption.IPPROTO_IPV6, LinuxOption.V6ONLY, 1);
    }
    socket.bind(address);
    socket.listen(options.backlog());
  }

  @Override
  public boolean accepting() {
    return !paused && isServed();
  }

  @Override
  public void handle(IoRegistration registered, IoEvent event) {
    try {
      accept(MAX_ACCEPTS);
    } catch (IOException e) {
      pause(registered, e);
    }
  }

  private void accept(int most) throws IOException {
    for (int i = 0; i < most; i++) {
      int fd = socket().accept(accepted);
      if (fd < 0) {
        return;
      }
      take(fd);
    }
  }

  /**
   * Lets a connection be served, and kept or not, or makes a channel of it. Until it is kept it is
   * corked, so that an answer waits for the end that closing it sends, and both go as one segment.
   */
  private void take(int fd) {
    FreshConnection connection = new FreshConnection(fd, acceptedAddress);
    Opener opener = connection.isIpv4() ? target.ipv4() : target.ipv6();
    if (opener == null) {
      end(connection.socket());
      return;
    }
    boolean served = served(opener, connection);
    KeptConnection kept = connection.kept();
    if (kept != null) {
      kept.begin(loop(), opener, served);
    } else if (served) {
      end(connection.socket());
    } else {
      ChannelOpening.open(loop(), opener, fd);
    }
  }

  private static boolean served(Opener opener, FreshConnection connection) {
    try {
      return opener.serve(connection);
    } catch (RuntimeException | Error e) {
      LOG.error("closing a connection after an error that is not its client's", e);
      KeptConnection kept = connection.kept();
      if (kept != null) {
        kept.close();
      }
      return true;
    }
  }

  /** Without a pause, connections that cannot be had would keep the event loop spinning. */
  private void pause(IoRegistration registered, IOException cause) {
    Opener opener = target.any();
    if (opener != null) {
      opener.acceptFailed(cause);
    }
    registered.submit(PAUSED);
    paused = true;
    loop().schedule(() -> goOn(registered), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void goOn(IoRegistration registered) {
    paused = false;
    registered.submit(ACCEPTING);
  }

  /** To close a socket resets the connections that wait to be accepted, requests and all. */
  @Override
  void finish() {
    try {
      if (!isClosed()) {
        accept(MAX_LAST_ACCEPTS);
      }
    } catch (IOException e) {
      LOG.debug("connections that waited are reset: {}", e.toString());
    } finally {
      close();
    }
  }

  /**
   * Sends what the cork held back with the end; a close alone would drop it if more has arrived.
   */
  private static void end(Socket socket) {
    try {
      socket.shutdown(false, true);
    } catch (IOException | NotYetConnectedException e) {
      LOG.trace("a client has gone before its answer: {}", e.toString());
    } finally {
      close(socket);
    }
  }
}
