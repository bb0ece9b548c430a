package io.trakx.netty.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.ReferenceCountUtil;
import io.trakx.netty.transport.ListenException.Protocol;
import java.io.IOException;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket that is a channel of Netty's. Datagrams are kept until a batch has been read, and
 * what they are answered is flushed together; late answers one by one.
 *
 * <p>Netty makes a packet and its sender's address for each datagram.
 */
final class ChannelDatagrams extends ChannelInboundHandlerAdapter implements DatagramBatch, Outbox {
  private static final Logger LOG = LogManager.getLogger(ChannelDatagrams.class);

  private final DatagramService service;
  private final @Nullable DatagramPacket[] batch =
      new @Nullable DatagramPacket[DatagramOptions.BATCH];
  private final DatagramSender sender = new DatagramSender();
  private @Nullable ChannelHandlerContext context;
  private int batched;
  private boolean answering;
  private boolean unflushed;

  ChannelDatagrams(DatagramService service) {
    this.service = service;
  }

  /**
   * Binds a channel as {@code binding} says.
   *
   * @param maker makes the channel of a family, ready to receive in batches
   */
  static BoundDatagrams open(
      DatagramBinding binding,
      TransportType type,
      Function<SocketProtocolFamily, ? extends DatagramChannel> maker)
      throws ListenException {
    ListenPlan<?> plan = binding.plan();
    DatagramChannel channel = ChannelSocket.create(Protocol.UDP, plan, maker);
    channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
    channel.config().setOption(ChannelOption.SO_RCVBUF, binding.options().receiveBufferBytes());
    if (plan.isIpv6() && plan.ipv4() == null) {
      channel.pipeline().addLast(new Ipv6Only());
    }
    channel.pipeline().addLast(new ChannelDatagrams(binding.service()));
    BoundSocket socket =
        ChannelSocket.bind(
            type, Protocol.UDP, plan, binding.address(), channel, binding.loop(), binding.shared());
    int granted = channel.config().getOption(ChannelOption.SO_RCVBUF);
    return new BoundDatagrams(
        socket, type.takesLinuxOptions() ? LinuxOption.askedFor(granted) : granted);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    batch[batched++] = (DatagramPacket) message;
    if (batched == batch.length) {
      handOver(ctx);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (batched > 0) {
      handOver(ctx);
    }
  }

  /** A socket that is closed while it reads has nobody to answer any more. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    release();
  }

  private void handOver(ChannelHandlerContext ctx) {
    answering = true;
    try {
      service.received(this, this);
    } finally {
      answering = false;
      release();
    }
    if (unflushed) {
      unflushed = false;
      ctx.flush();
    }
  }

  private void release() {
    for (int i = 0; i < batched; i++) {
      ReferenceCountUtil.release(batch[i]);
      batch[i] = null;
    }
    batched = 0;
  }

  @Override
  public int size() {
    return batched;
  }

  @Override
  public ByteBuf content(int index) {
    DatagramPacket packet = batch[index];
    return packet == null ? Unpooled.EMPTY_BUFFER : packet.content();
  }

  @Override
  public DatagramSender sender(int index) {
    DatagramPacket packet = batch[index];
    if (packet != null) {
      sender.set(packet.sender());
    }
    return sender;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // what fails comes back as an exception
  public void send(DatagramReply reply) {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      reply.release();
      return;
    }
    ctx.write(reply, ctx.voidPromise());
    if (answering) {
      unflushed = true;
    } else {
      ctx.flush();
    }
  }

  /** A datagram that the system does not take is lost, like one that the network loses. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      service.sendFailed();
      LOG.debug("a UDP answer was not sent: {}", cause.toString());
    } else {
      LOG.error("datagrams could not be handled", cause);
    }
  }
}
