package io.trakx.netty.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Socket;
import io.trakx.netty.transport.ListenException.Protocol;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * A UDP socket on an epoll event loop, without a channel: a batch of datagrams is read where the
 * kernel wrote them, and answered in one system call. Nothing is made for a datagram.
 *
 * <p>Opened and closed by any thread but its event loop's; works on its event loop.
 */
final class EpollDatagramSocket extends EpollSocket implements DatagramBatch, Outbox {
  private static final Logger LOG = LogManager.getLogger(EpollDatagramSocket.class);

  private static final EpollIoOps RECEIVING = EpollIoOps.EPOLLIN;
  private static final EpollIoOps SENDING_TOO = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT);

  private final DatagramBinding binding;

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
    super(binding.loop(), socket);
    this.binding = binding;
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
      register(RECEIVING);
    } catch (IOException | RuntimeException e) {
      free();
      throw e;
    }
  }

  @Override
  public boolean accepting() {
    return isServed();
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
    int count = incoming.receive(socket().intValue(), DatagramOptions.BATCH);
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
    } catch (RuntimeException | Error e) {
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
    if (isClosed()) {
      reply.release();
      return;
    }
    answers.add(reply);
    IoRegistration registered = registration();
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
  void free() {
    received.release();
    incoming.close();
    answers.close();
  }
}
