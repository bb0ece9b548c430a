package io.trakx.netty.udp;

import io.netty.buffer.ByteBuf;

/**
 * The question for a connection id, and its answer (BEP 15).
 *
 * <pre>
 * byte       0                    8          12            16
 * request    | 0x41727101980      | action 0 | transaction |   and more, which is ignored
 *
 * byte       0          4             8               16
 * response   | action 0 | transaction | connection id |
 * </pre>
 *
 * <p>The answer is as long as the shortest question, so that it is no means to multiply traffic.
 */
final class ConnectMessage {
  /** What stands where other requests have their connection id. */
  static final long MAGIC = 0x41727101980L;

  /** Bytes of a response. */
  static final int RESPONSE_BYTES = ResponseHeader.BYTES + Long.BYTES;

  private ConnectMessage() {}

  static void write(ByteBuf out, int transaction, long connectionId) {
    ResponseHeader.write(out, Action.CONNECT, transaction);
    out.writeLong(connectionId);
  }
}
