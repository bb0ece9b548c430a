package io.trakx.netty.transport;

import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What moves bytes between sockets and event loops: the one place that knows the choices apart. */
public enum TransportType {
  /** {@link #EPOLL} where it works, else {@link #NIO}. */
  AUTO {
    @Override
    public TransportType resolve() {
      return EPOLL.unavailability() == null ? EPOLL : NIO;
    }

    @Override
    @Nullable Throwable unavailability() {
      return null;
    }

    @Override
    IoHandlerFactory ioHandlerFactory() {
      return resolve().ioHandlerFactory();
    }

    @Override
    ServerChannel newServerChannel(SocketProtocolFamily family) {
      return resolve().newServerChannel(family);
    }

    @Override
    BoundDatagrams receive(DatagramBinding binding) throws ListenException {
      return resolve().receive(binding);
    }
  },

  /** Linux's readiness interface, through Netty's native library: the cheapest measured. */
  EPOLL {
    @Override
    @Nullable Throwable unavailability() {
      return Epoll.isAvailable() ? null : Epoll.unavailabilityCause();
    }

    @Override
    IoHandlerFactory ioHandlerFactory() {
      return LastingEpollHandler.newFactory();
    }

    @Override
    ServerChannel newServerChannel(SocketProtocolFamily family) {
      return new EpollServerSocketChannel(family);
    }

    @Override
    BoundSocket listen(
        ListenPlan<TcpService> plan,
        InetSocketAddress address,
        List<Target> targets,
        TcpOptions options,
        boolean shared)
        throws ListenException {
      return EpollListeningSocket.open(plan, address, targets.getFirst(), options, shared);
    }

    @Override
    BoundDatagrams receive(DatagramBinding binding) throws ListenException {
      return EpollDatagramSocket.open(binding);
    }

    @Override
    boolean separatesFamilies() {
      return true;
    }
  },

  /** Linux's completion interface; kernels and containers often forbid it. */
  IO_URING {
    @Override
    @Nullable Throwable unavailability() {
      return IoUring.isAvailable() ? null : IoUring.unavailabilityCause();
    }

    @Override
    IoHandlerFactory ioHandlerFactory() {
      return IoUringIoHandler.newFactory();
    }

    // Netty chooses the family itself: both families in one socket, or IPv4 where IPv6 is missing.
    @Override
    ServerChannel newServerChannel(SocketProtocolFamily family) {
      return new IoUringServerSocketChannel();
    }

    // One buffer takes a batch, with room for the longest datagram for each.
    @Override
    BoundDatagrams receive(DatagramBinding binding) throws ListenException {
      return ChannelDatagrams.open(
          binding,
          this,
          family -> {
            DatagramChannel channel = new IoUringDatagramChannel(family);
            channel
                .config()
                .setOption(
                    IoUringChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE,
                    DatagramOptions.MAX_DATAGRAM_BYTES);
            channel
                .config()
                .setRecvByteBufAllocator(
                    new FixedRecvByteBufAllocator(
                            DatagramOptions.BATCH * DatagramOptions.MAX_DATAGRAM_BYTES)
                        .maxMessagesPerRead(1));
            return channel;
          });
    }

    @Override
    boolean datagramsSeparateFamilies() {
      return true;
    }

    @Override
    boolean ipv6Available() {
      return Socket.isIPv6Preferred();
    }
  },

  /** The JDK's selectors, which work everywhere. */
  NIO {
    @Override
    @Nullable Throwable unavailability() {
      return null;
    }

    @Override
    IoHandlerFactory ioHandlerFactory() {
      return NioIoHandler.newFactory();
    }

    @Override
    ServerChannel newServerChannel(SocketProtocolFamily family) {
      return new NioServerSocketChannel(SelectorProvider.provider(), family);
    }

    @Override
    BoundDatagrams receive(DatagramBinding binding) throws ListenException {
      return ChannelDatagrams.open(
          binding,
          this,
          family -> {
            DatagramChannel channel = new NioDatagramChannel(SelectorProvider.provider(), family);
            channel
                .config()
                .setRecvByteBufAllocator(
                    new FixedRecvByteBufAllocator(DatagramOptions.MAX_DATAGRAM_BYTES)
                        .maxMessagesPerRead(DatagramOptions.BATCH));
            return channel;
          });
    }

    @Override
    void acceptWaiting(ServerChannel listening) {
      MaxMessagesRecvByteBufAllocator accepts = listening.config().getRecvByteBufAllocator();
      accepts.maxMessagesPerRead(TcpOptions.defaults().backlog());
      ((AbstractNioChannel) listening).unsafe().read();
    }

    @Override
    ChannelOption<Boolean> reusePort() {
      return NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
    }

    @Override
    boolean reusePortSupported() {
      try (ServerSocketChannel channel = ServerSocketChannel.open()) {
        return channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
      } catch (IOException e) {
        return false;
      }
    }
  };

  /** The name in the configuration: {@code auto}, {@code epoll}, {@code io_uring}, {@code nio}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this transport works on this machine. */
  public boolean isAvailable() {
    return unavailability() == null;
  }

  /**
   * The transport to use.
   *
   * @throws TransportUnavailableException if it does not work here, with the cause
   */
  public TransportType resolve() {
    Throwable cause = unavailability();
    if (cause != null) {
      throw new TransportUnavailableException(this, cause);
    }
    return this;
  }

  /** Why this transport does not work here, or null if it does. */
  abstract @Nullable Throwable unavailability();

  abstract IoHandlerFactory ioHandlerFactory();

  /** A new unbound channel; fails where the machine lacks {@code family}. */
  abstract ServerChannel newServerChannel(SocketProtocolFamily family);

  /**
   * Listens at {@code address}, on the event loop of the first of {@code targets}.
   *
   * @param targets who gets the connections, in turn; only one where {@link #reusePortSupported()}
   * @param shared whether other sockets of this process listen there already
   */
  BoundSocket listen(
      ListenPlan<TcpService> plan,
      InetSocketAddress address,
      List<Target> targets,
      TcpOptions options,
      boolean shared)
      throws ListenException {
    return ChannelListening.open(this, plan, address, targets, options, shared);
  }

  /**
   * Accepts the connections that wait at a socket about to be closed, as many as may wait; called
   * on its event loop. Does nothing where the kernel accepts by itself: io_uring always has an
   * accept under way, and Netty has no way to ask for more.
   */
  void acceptWaiting(ServerChannel listening) {}

  /** Opens a UDP socket, from which its service gets up to a batch of datagrams at once. */
  abstract BoundDatagrams receive(DatagramBinding binding) throws ListenException;

  /** The option that lets several sockets listen on one address, and spreads connections. */
  ChannelOption<Boolean> reusePort() {
    return UnixChannelOption.SO_REUSEPORT;
  }

  boolean reusePortSupported() {
    return true;
  }

  /**
   * Whether {@code [::]} and {@code 0.0.0.0} can be had as two sockets on one port. The JDK has no
   * way to ask for IPv6 alone, and Netty's io_uring none to ask for IPv4.
   */
  boolean separatesFamilies() {
    return false;
  }

  /** The same for datagrams: of io_uring's channels those can be had for one family. */
  boolean datagramsSeparateFamilies() {
    return separatesFamilies();
  }

  boolean ipv6Available() {
    try {
      newServerChannel(SocketProtocolFamily.INET6).unsafe().closeForcibly();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Whether options of the Linux kernel that Netty has no name for can be set by number. */
  boolean takesLinuxOptions() {
    TransportType type = this == AUTO ? resolve() : this;
    return type == EPOLL || type == IO_URING;
  }
}
