package io.trakx.netty.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/**
 * One answer on its way out: a datagram whose buffer and recipient are used again.
 *
 * <p>Netty takes a packet for each datagram and releases it when it is sent or given up. This one
 * then goes back to its {@link ReplyStock}, buffer and all, so that an answer makes no garbage. It
 * is never retained, copied or sent twice. Used on its event loop only.
 */
final class UdpReply extends DatagramPacket {
  private static final InetSocketAddress NOBODY = new InetSocketAddress(0);

  private final ReplyStock stock;
  private final ByteBuf buffer;
  private InetSocketAddress recipient = NOBODY;

  UdpReply(ReplyStock stock, ByteBuf buffer) {
    super(Unpooled.EMPTY_BUFFER, NOBODY);
    this.stock = stock;
    this.buffer = buffer;
  }

  /** The empty buffer for an answer to {@code client}. */
  ByteBuf begin(InetSocketAddress client) {
    recipient = client;
    return buffer.clear();
  }

  @Override
  public ByteBuf content() {
    return buffer;
  }

  @Override
  public InetSocketAddress recipient() {
    return recipient;
  }

  @Override
  public int refCnt() {
    return buffer.refCnt();
  }

  /** Goes back to the stock. */
  @Override
  public boolean release() {
    recipient = NOBODY;
    stock.giveBack(this);
    return true;
  }

  @Override
  public boolean release(int decrement) {
    return release();
  }

  /** Nobody but the event loop holds it. */
  @Override
  public UdpReply touch(Object hint) {
    return this;
  }

  /** Frees the buffer, for good. */
  void free() {
    buffer.release();
  }
}
