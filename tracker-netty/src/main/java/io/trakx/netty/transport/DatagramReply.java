package io.trakx.netty.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/**
 * One answer on its way out: a datagram whose buffer and recipient are used again.
 *
 * <p>Netty's channels take a packet for each datagram and release it when it is sent or given up.
 * This one then goes back to its {@link ReplyStock}, buffer and all, so that an answer makes no
 * garbage. It is never retained, copied or sent twice. Used on its event loop only.
 */
public final class DatagramReply extends DatagramPacket {
  private static final InetSocketAddress NOBODY = new InetSocketAddress(0);

  private final ReplyStock stock;
  private final ByteBuf buffer;
  private final long address;
  private final DatagramSender asker = new DatagramSender();

  /**
   * @param buffer a direct buffer
   */
  DatagramReply(ReplyStock stock, ByteBuf buffer) {
    super(Unpooled.EMPTY_BUFFER, NOBODY);
    this.stock = stock;
    this.buffer = buffer;
    this.address = MemorySegment.ofBuffer(buffer.nioBuffer(0, buffer.capacity())).address();
  }

  /** The empty buffer for an answer to {@code client}. */
  public ByteBuf begin(DatagramSender client) {
    asker.set(client);
    return buffer.clear();
  }

  /** Whom it goes to. */
  DatagramSender asker() {
    return asker;
  }

  /** Where in memory the buffer begins. */
  long address() {
    return address;
  }

  @Override
  public ByteBuf content() {
    return buffer;
  }

  @Override
  public InetSocketAddress recipient() {
    InetSocketAddress recipient = asker.socketAddress();
    return recipient == null ? NOBODY : recipient;
  }

  @Override
  public int refCnt() {
    return buffer.refCnt();
  }

  /** Goes back to the stock. */
  @Override
  public boolean release() {
    stock.giveBack(this);
    return true;
  }

  @Override
  public boolean release(int decrement) {
    return release();
  }

  /** Nobody but the event loop holds it. */
  @Override
  public DatagramReply touch(Object hint) {
    return this;
  }

  /** Frees the buffer, for good. */
  void free() {
    buffer.release();
  }
}
