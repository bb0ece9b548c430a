package io.trakx.netty.udp;

import io.netty.buffer.ByteBuf;

/**
 * What every request begins with (BEP 15); numbers in the network's byte order.
 *
 * <pre>
 * byte   0               8        12            16
 *        | connection id | action | transaction | ...
 * </pre>
 *
 * <p>Offsets count from the reader index. Only for buffers that hold {@link #BYTES} or more.
 */
final class RequestHeader {
  private static final int ACTION = Long.BYTES;
  private static final int TRANSACTION = ACTION + Integer.BYTES;

  /** Bytes of the header. */
  static final int BYTES = TRANSACTION + Integer.BYTES;

  private RequestHeader() {}

  /** Who the client is, or a connect's magic number. */
  static long connectionId(ByteBuf request) {
    return request.getLong(request.readerIndex());
  }

  /** One of {@link Action}'s numbers, or any other. */
  static int action(ByteBuf request) {
    return request.getInt(request.readerIndex() + ACTION);
  }

  /** The client's number for its question, which the answer repeats. */
  static int transaction(ByteBuf request) {
    return request.getInt(request.readerIndex() + TRANSACTION);
  }
}
