package io.trakx.netty.transport;

import io.netty.buffer.ByteBuf;

/**
 * Datagrams that were received together.
 *
 * <p>What is handed out stays the batch's, and is valid until the next one is asked for.
 */
public interface DatagramBatch {
  /** How many datagrams, from 1 to {@link DatagramOptions#BATCH}. */
  int size();

  /**
   * The bytes of a datagram, between reader and writer index; what does not fit {@link
   * DatagramOptions#MAX_DATAGRAM_BYTES} is missing.
   *
   * @param index from 0
   */
  ByteBuf content(int index);

  /**
   * Who sent a datagram.
   *
   * @param index from 0
   */
  DatagramSender sender(int index);
}
