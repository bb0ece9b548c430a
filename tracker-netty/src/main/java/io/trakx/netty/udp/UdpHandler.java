package io.trakx.netty.udp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.trakx.core.stats.TrackerCounter;
import java.io.IOException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The tracker at one UDP socket: datagrams in, answers out. What a batch of datagrams is answered
 * is flushed at its end, in one system call where the transport can; late answers one by one.
 */
final class UdpHandler extends ChannelInboundHandlerAdapter implements Outbox {
  private static final Logger LOG = LogManager.getLogger(UdpHandler.class);

  private final UdpWorker worker;
  private @Nullable ChannelHandlerContext context;
  private boolean reading;
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
    DatagramPacket packet = (DatagramPacket) message;
    reading = true;
    try {
      worker.receive(packet.content(), packet.sender(), this);
    } finally {
      packet.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reading = false;
    if (unflushed) {
      unflushed = false;
      ctx.flush();
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
    if (reading) {
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
