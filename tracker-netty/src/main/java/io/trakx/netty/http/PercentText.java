package io.trakx.netty.http;

import io.trakx.core.protocol.Bytes20;

/**
 * Decodes percent-encoded bytes (RFC 3986 section 2.1), never through a character set.
 *
 * <p>A plain loop: taking both readings of each byte and choosing by masks, so that no branch on
 * random bytes goes wrong, was measured to be slower by a fifth. Allocates nothing; thread-safe.
 */
final class PercentText {
  private PercentText() {}

  /**
   * Decodes the range to {@code target}, where any byte but the percent sign may stand for itself.
   *
   * @return false unless that makes exactly {@link Bytes20#BYTES} bytes
   */
  static boolean decode20(byte[] buffer, int from, int to, byte[] target) {
    int at = from;
    int length = 0;
    while (at < to) {
      if (length == Bytes20.BYTES) {
        return false;
      }
      byte c = buffer[at++];
      if (c == '%') {
        if (to - at < 2) {
          return false;
        }
        int value = Ascii.hex(buffer[at]) << 4 | Ascii.hex(buffer[at + 1]);
        if (value < 0) {
          return false;
        }
        c = (byte) value;
        at += 2;
      }
      target[length++] = c;
    }
    return length == Bytes20.BYTES;
  }
}
