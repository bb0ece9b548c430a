package io.trakx.netty.udp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.transport.DatagramOptions;
import java.io.IOException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The tracker at one UDP socket: datagrams in, answers out. Datagrams are kept until a batch has
 * been read, so that the tracker can look for all they ask about at once; what they are answered is
 * flushed together, in one system call where the transport can; late answers one by one.
 */
final class UdpHandler extends ChannelInboundHandlerAdapter implements Outbox {
  private static final Logger LOG = LogManager.getLogger(UdpHandler.class);

  private final UdpWorker worker;
  private final @Nullable DatagramPacket[] batch =
      new @Nullable DatagramPacket[DatagramOptions.BATCH];
  private @Nullable ChannelHandlerContext context;
  private int batched;
  private boolean answering;
  private boolean unflushed;

  UdpHandler(UdpWorker worker) {
    this.worker = worker;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    batch[batched++] = (DatagramPacket) message;
    if (batched == batch.length) {
      answer(ctx);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    answer(ctx);
  }

  /** A socket that is closed while it reads has nobody to answer any more. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    for (int i = 0; i < batched; i++) {
      ReferenceCountUtil.release(batch[i]);
      batch[i] = null;
    }
    batched = 0;
  }

  private void answer(ChannelHandlerContext ctx) {
    answering = true;
    worker.expect(batch, batched);
    for (int i = 0; i < batched; i++) {
      DatagramPacket packet = batch[i];
      batch[i] = null;
      if (packet != null) {
        answer(ctx, packet);
      }
    }
    batched = 0;
    answering = false;
    if (unflushed) {
      unflushed = false;
      ctx.flush();
    }
  }

  /** One that fails leaves the others of its batch their answers. */
  private void answer(ChannelHandlerContext ctx, DatagramPacket packet) {
    try {
      worker.receive(packet.content(), packet.sender(), this);
    } catch (RuntimeException e) {
      exceptionCaught(ctx, e);
    } finally {
      packet.release();
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // what fails comes back as an exception
  public void send(UdpReply reply) {
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
      worker.count(TrackerCounter.UDP_SEND_FAILED);
      LOG.debug("a UDP answer was not sent: {}", cause.toString());
    } else {
      LOG.error("a UDP datagram could not be handled", cause);
    }
  }
}
