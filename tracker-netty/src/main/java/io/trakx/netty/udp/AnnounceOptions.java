package io.trakx.netty.udp;

import io.netty.buffer.ByteBuf;
import io.trakx.netty.transport.DatagramOptions;

/**
 * The options behind an announce (BEP 41), of which one means something: the path and query of the
 * tracker's URL, in pieces of up to 255 bytes.
 *
 * <pre>
 * EndOfOptions   | 0 |
 * NOP            | 1 |
 * URLData        | 2 | length | piece of the path |
 * others         | n | length | ...               |   skipped
 * </pre>
 *
 * <p>Reused for one announce after the other; not thread-safe.
 */
final class AnnounceOptions {
  private static final int END = 0;
  private static final int NOP = 1;
  private static final int URL_DATA = 2;

  private final byte[] path =
      new byte[DatagramOptions.MAX_DATAGRAM_BYTES - AnnounceMessage.REQUEST_BYTES];
  private int pathLength;

  /**
   * Reads what lies from {@code from} to the writer index. What does not fit into one datagram of
   * ours is not there; options that break off count as far as they go.
   *
   * @return whether they were whole
   */
  boolean read(ByteBuf in, int from) {
    pathLength = 0;
    int at = from;
    int end = in.writerIndex();
    while (at < end) {
      int type = in.getUnsignedByte(at++);
      if (type == END) {
        return true;
      }
      if (type == NOP) {
        continue;
      }
      if (at == end) {
        return false;
      }
      int length = in.getUnsignedByte(at++);
      if (length > end - at || length > path.length - pathLength) {
        return false;
      }
      if (type == URL_DATA) {
        in.getBytes(at, path, pathLength, length);
        pathLength += length;
      }
      at += length;
    }
    return true;
  }

  /** The pieces of the path put together; {@link #pathLength()} bytes count. */
  byte[] path() {
    return path;
  }

  int pathLength() {
    return pathLength;
  }
}
