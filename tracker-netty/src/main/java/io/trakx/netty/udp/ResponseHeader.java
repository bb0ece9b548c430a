package io.trakx.netty.udp;

import io.netty.buffer.ByteBuf;

/**
 * What every response begins with (BEP 15).
 *
 * <pre>
 * byte   0        4             8
 *        | action | transaction | ...
 * </pre>
 */
final class ResponseHeader {
  /** Bytes of the header. */
  static final int BYTES = 2 * Integer.BYTES;

  private ResponseHeader() {}

  static void write(ByteBuf out, int action, int transaction) {
    out.writeInt(action).writeInt(transaction);
  }
}
