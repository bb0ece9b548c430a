package io.trakx.netty.transport;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The replies of one event loop, made when first needed and used again, the latest first.
 *
 * <p>Bounded: a system that takes no more datagrams must not make us hoard answers. Used on its
 * event loop only.
 */
public final class ReplyStock {
  /** Sixteen batches' worth. */
  static final int MAX_REPLIES = 1024;

  private final ByteBufAllocator allocator;
  private final int replyBytes;
  private final ArrayDeque<DatagramReply> spare = new ArrayDeque<>();
  private int made;
  private boolean closed;

  /**
   * May be called by any thread.
   *
   * @param replyBytes room for the longest answer
   */
  public ReplyStock(ByteBufAllocator allocator, int replyBytes) {
    this.allocator = allocator;
    this.replyBytes = replyBytes;
  }

  /** A reply that nobody uses; null if all are on their way out, or the stock is closed. */
  public @Nullable DatagramReply lend() {
    DatagramReply reply = spare.pollLast();
    if (reply == null && made < MAX_REPLIES && !closed) {
      reply = new DatagramReply(this, allocator.directBuffer(replyBytes, replyBytes));
      made++;
    }
    return reply;
  }

  void giveBack(DatagramReply reply) {
    if (closed) {
      reply.free();
    } else {
      spare.addLast(reply);
    }
  }

  /** Frees all buffers, those on their way out when they come back. */
  public void close() {
    closed = true;
    spare.forEach(DatagramReply::free);
    spare.clear();
  }
}
