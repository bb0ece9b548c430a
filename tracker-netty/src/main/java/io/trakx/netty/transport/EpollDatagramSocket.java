package io.trakx.netty.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.trakx.netty.transport.ListenException.Protocol;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket on an epoll event loop, without a channel: a batch of datagrams is read where the
 * kernel wrote them, and answered in one system call. Nothing is made for a datagram.
 *
 * <p>Opened and closed by any thread but its event loop's; works on its event loop.
 */
final class EpollDatagramSocket implements BoundSocket, EpollIoHandle, DatagramBatch, Outbox {
  private static final Logger LOG = LogManager.getLogger(EpollDatagramSocket.class);

  private static final EpollIoOps RECEIVING = EpollIoOps.EPOLLIN;
  private static final EpollIoOps SENDING_TOO = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT);

  private final DatagramBinding binding;
  private final Socket socket;
  private final InetSocketAddress address;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile @Nullable IoRegistration registration;

  /** Room for a batch, {@link DatagramOptions#MAX_DATAGRAM_BYTES} each. */
  private final ByteBuf received =
      PooledByteBufAllocator.DEFAULT.directBuffer(
          DatagramOptions.BATCH * DatagramOptions.MAX_DATAGRAM_BYTES);

  private final MessageVector incoming = new MessageVector(DatagramOptions.BATCH);
  private final DatagramSender sender = new DatagramSender();
  private int receivedCount;

  private final SendQueue answers;
  private boolean answering;
  private boolean awaitsRoom;

  /**
   * @param outgoing with room for a batch of answers
   */
  EpollDatagramSocket(DatagramBinding binding, Socket socket, MessageVector outgoing) {
    this.binding = binding;
    this.socket = socket;
    this.address = socket.localAddress();
    this.answers = new SendQueue(socket, binding.service(), outgoing);
    long begin = MemorySegment.ofBuffer(received.nioBuffer(0, received.capacity())).address();
    for (int i = 0; i < DatagramOptions.BATCH; i++) {
      incoming.buffer(i, begin + start(i), DatagramOptions.MAX_DATAGRAM_BYTES);
    }
  }

  private static int start(int index) {
    return index * DatagramOptions.MAX_DATAGRAM_BYTES;
  }

  /** Binds a socket as {@code binding} says. */
  static BoundDatagrams open(DatagramBinding binding) throws ListenException {
    Socket socket;
    try {
      socket = new DatagramSocket(binding.plan().isIpv6());
    } catch (RuntimeException e) {
      throw new ListenException(Protocol.UDP, binding.address(), e);
    }
    try {
      bind(socket, binding);
      int granted = LinuxOption.askedFor(socket.getReceiveBufferSize());
      EpollDatagramSocket opened =
          new EpollDatagramSocket(binding, socket, new MessageVector(DatagramOptions.BATCH));
      opened.register();
      return new BoundDatagrams(opened, granted);
    } catch (IOException | RuntimeException e) {
      close(socket);
      throw new ListenException(Protocol.UDP, binding.address(), e);
    }
  }

  /** A UDP socket of the family asked for. */
  private static final class DatagramSocket extends Socket {
    DatagramSocket(boolean ipv6) {
      super(newSocketDgram0(ipv6));
    }
  }

  private static void bind(Socket socket, DatagramBinding binding) throws IOException {
    socket.setReceiveBufferSize(binding.options().receiveBufferBytes());
    if (binding.shared()) {
      socket.setReusePort(true);
    }
    if (binding.plan().ipv6Only()) {
      socket.setIntOpt(LinuxOption.IPPROTO_IPV6, LinuxOption.V6ONLY, 1);
    }
    socket.bind(binding.address());
  }

  void register() throws IOException {
    try {
      IoRegistration registered =
          ((IoEventLoop) binding.loop()).register(this).syncUninterruptibly().getNow();
      registration = registered;
      registered.submit(RECEIVING);
    } catch (RuntimeException e) {
      free();
      throw new IOException("the event loop takes no socket", e);
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public boolean accepting() {
    return !closed.isDone();
  }

  @Override
  public void shareAddress() {
    try {
      socket.setReusePort(true);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  @Override
  public void handle(IoRegistration registered, IoEvent event) {
    if (awaitsRoom) {
      awaitsRoom = false;
      registered.submit(RECEIVING);
      flush(registered);
    }
    receive(registered);
  }

  /** One batch, so that the other sockets have their turn: epoll tells if there is more. */
  private void receive(IoRegistration registered) {
    int count = incoming.receive(socket.intValue(), DatagramOptions.BATCH);
    if (count <= 0) {
      if (count != -MessageVector.EAGAIN && count != -MessageVector.EINTR) {
        LOG.debug("nothing was received over UDP: errno {}", -count);
      }
      return;
    }
    receivedCount = count;
    answering = true;
    try {
      binding.service().received(this, this);
    } catch (RuntimeException e) {
      LOG.error("datagrams could not be handled", e);
    } finally {
      answering = false;
    }
    flush(registered);
  }

  @Override
  public int size() {
    return receivedCount;
  }

  @Override
  public ByteBuf content(int index) {
    return received.setIndex(start(index), start(index) + incoming.length(index));
  }

  @Override
  public DatagramSender sender(int index) {
    incoming.sender(index, sender);
    return sender;
  }

  @Override
  public void send(DatagramReply reply) {
    if (closed.isDone()) {
      reply.release();
      return;
    }
    answers.add(reply);
    IoRegistration registered = registration;
    if (!answering && registered != null) {
      flush(registered);
    }
  }

  /** If the kernel has no room for more answers, those at hand leave when it has. */
  private void flush(IoRegistration registered) {
    if (!awaitsRoom && !answers.flush()) {
      registered.submit(SENDING_TOO);
      awaitsRoom = true;
    }
  }

  @Override
  public CompletableFuture<Void> stop() {
    try {
      binding.loop().execute(this::close);
    } catch (RejectedExecutionException e) {
      // The event loop has ended, and has closed what was registered with it.
      closed.complete(null);
    }
    return closed;
  }

  /** Called on the event loop, which closes what is still registered when it ends. */
  @Override
  public void close() {
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

  private void free() {
    received.release();
    incoming.close();
    answers.close();
  }

  private static void close(FileDescriptor descriptor) {
    try {
      descriptor.close();
    } catch (IOException e) {
      LOG.debug("a socket is closed, but the system complained", e);
    }
  }
}
