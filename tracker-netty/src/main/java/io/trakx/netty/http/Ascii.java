package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Searching and comparing in ASCII bytes, eight at a time where that pays.
 *
 * <p>The searches test the eight bytes of a little-endian word at once: {@code (x - 0x01..01) & ~x
 * & 0x80..80} marks the bytes of {@code x} that are zero. A borrow can mark bytes above a zero byte
 * by mistake, never below it, so the lowest mark is always right, and only that one is used.
 */
final class Ascii {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long TOP_BITS = 0x8080_8080_8080_8080L;
  private static final long FIRST_PRINTABLE = ' ' * ONES;
  private static final long DELETE = 0x7f * ONES;

  /** The characters of a method or a header's name (RFC 9110 section 5.6.2). */
  private static final boolean[] TOKEN = new boolean[256];

  private static final byte[] HEX = new byte[256];

  static {
    for (byte c :
        ("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + "!#$%&'*+-.^_`|~")
            .getBytes(US_ASCII)) {
      TOKEN[c] = true;
    }
    Arrays.fill(HEX, (byte) -1);
    for (int digit = 0; digit < 16; digit++) {
      HEX["0123456789abcdef".charAt(digit)] = (byte) digit;
      HEX["0123456789ABCDEF".charAt(digit)] = (byte) digit;
    }
  }

  private Ascii() {}

  /** Where {@code wanted} first stands in the range, or {@code to}. */
  static int find(byte[] buffer, int from, int to, byte wanted) {
    long pattern = (wanted & 0xffL) * ONES;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long difference = (long) LONG.get(buffer, at) ^ pattern;
      long marks = (difference - ONES) & ~difference & TOP_BITS;
      if (marks != 0) {
        return at + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    while (at < to && buffer[at] != wanted) {
      at++;
    }
    return at;
  }

  /** Where {@code wanted} or {@code other} first stands in the range, or {@code to}. */
  static int findEither(byte[] buffer, int from, int to, byte wanted, byte other) {
    long pattern = (wanted & 0xffL) * ONES;
    long otherPattern = (other & 0xffL) * ONES;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long word = (long) LONG.get(buffer, at);
      long difference = word ^ pattern;
      long otherDifference = word ^ otherPattern;
      long marks =
          (((difference - ONES) & ~difference) | ((otherDifference - ONES) & ~otherDifference))
              & TOP_BITS;
      if (marks != 0) {
        return at + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    while (at < to && buffer[at] != wanted && buffer[at] != other) {
      at++;
    }
    return at;
  }

  /**
   * Where the first control character (below space, or delete) stands in the range, or {@code to}.
   */
  static int findControl(byte[] buffer, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long word = (long) LONG.get(buffer, at);
      long difference = word ^ DELETE;
      long marks =
          (((word - FIRST_PRINTABLE) & ~word) | ((difference - ONES) & ~difference)) & TOP_BITS;
      if (marks != 0) {
        return at + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    while (at < to && !isControl(buffer[at])) {
      at++;
    }
    return at;
  }

  private static boolean isControl(byte c) {
    return (c >= 0 && c < ' ') || c == 0x7f;
  }

  /**
   * The last up to eight bytes of the range in a word, the last one lowest, zeros above fewer
   * bytes.
   */
  static long lastBytes(byte[] buffer, int from, int to) {
    int length = to - from;
    if (length >= Long.BYTES) {
      return Long.reverseBytes((long) LONG.get(buffer, to - Long.BYTES));
    }
    if (length > 0 && from <= buffer.length - Long.BYTES) {
      return Long.reverseBytes((long) LONG.get(buffer, from))
          >>> (Byte.SIZE * (Long.BYTES - length));
    }
    long word = 0;
    for (int at = from; at < to; at++) {
      word = word << Byte.SIZE | (buffer[at] & 0xff);
    }
    return word;
  }

  /** Whether {@code c} may stand in a method or a header's name. */
  static boolean isToken(byte c) {
    return TOKEN[c & 0xff];
  }

  /** The value of a hexadecimal digit, or a negative number. */
  static int hex(byte c) {
    return HEX[c & 0xff];
  }

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /** Whether {@code c} is a space or a tab, which may surround a header's value. */
  static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  /** The first place in the range that is not blank, or {@code to}. */
  static int skipBlanks(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to && isBlank(buffer[at])) {
      at++;
    }
    return at;
  }

  /** The end of the range once the blanks at its end are left off. */
  static int trimEnd(byte[] buffer, int from, int to) {
    int end = to;
    while (end > from && isBlank(buffer[end - 1])) {
      end--;
    }
    return end;
  }

  /** Whether {@code text} stands at {@code at}, all of it before {@code to}. */
  static boolean startsWith(byte[] buffer, int at, int to, byte[] text) {
    if (to - at < text.length) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (buffer[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  /** As {@link #startsWith}, taking upper case in {@code buffer} for lower case. */
  static boolean startsWithIgnoringCase(byte[] buffer, int at, int to, byte[] lowerCase) {
    if (to - at < lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      byte c = buffer[at + i];
      if (c >= 'A' && c <= 'Z') {
        c = (byte) (c | 0x20);
      }
      if (c != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the range is {@code lowerCase}, in whatever case. */
  static boolean equalsIgnoringCase(byte[] buffer, int from, int to, byte[] lowerCase) {
    return to - from == lowerCase.length && startsWithIgnoringCase(buffer, from, to, lowerCase);
  }
}
