package io.trakx.netty.http;

import io.trakx.core.protocol.Bytes20;

/**
 * Decodes percent-encoded bytes (RFC 3986 section 2.1), never through a character set.
 *
 * <p>A plain loop: taking both readings of each byte and choosing by masks, so that no branch on
 * random bytes goes wrong, measured slower. Allocates nothing; thread-safe.
 */
final class PercentText {
  private static final int ESCAPED_BYTES = "%00".length();

  private PercentText() {}

  /** Decodes the range to {@code target}; false unless that makes exactly 20 bytes. */
  static boolean decode20(byte[] buffer, int from, int to, byte[] target) {
    return to - from == ESCAPED_BYTES * Bytes20.BYTES
        ? decodeAllEscaped(buffer, from, target)
        : decode(buffer, from, to, target, Bytes20.BYTES) == Bytes20.BYTES;
  }

  /** So long a text makes 20 bytes only if each is escaped, as Transmission does. */
  private static boolean decodeAllEscaped(byte[] buffer, int from, byte[] target) {
    int wrong = 0;
    for (int i = 0; i < Bytes20.BYTES; i++) {
      int at = from + ESCAPED_BYTES * i;
      int value = Ascii.hex(buffer[at + 1]) << 4 | Ascii.hex(buffer[at + 2]);
      wrong |= (buffer[at] ^ '%') | (value & ~0xff);
      target[i] = (byte) value;
    }
    return wrong == 0;
  }

  /**
   * Decodes the range to {@code target}, where any byte but the percent sign may stand for itself.
   *
   * @return how many bytes that makes, or -1 if more than {@code most} or badly encoded
   */
  static int decode(byte[] buffer, int from, int to, byte[] target, int most) {
    int at = from;
    int length = 0;
    while (at < to) {
      if (length == most) {
        return -1;
      }
      byte c = buffer[at++];
      if (c == '%') {
        if (to - at < 2) {
          return -1;
        }
        int value = Ascii.hex(buffer[at]) << 4 | Ascii.hex(buffer[at + 1]);
        if (value < 0) {
          return -1;
        }
        c = (byte) value;
        at += 2;
      }
      target[length++] = c;
    }
    return length;
  }
}
