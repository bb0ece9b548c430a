package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * One parameter of a query: where its key and its value lie, and its key in a machine word.
 *
 * <pre>
 * key=value&amp;next     key&amp;next
 * |   |    |          |  |
 * |   |    end        |  valueFrom, end
 * |   valueFrom       keyFrom
 * keyFrom
 * </pre>
 *
 * <p>The word holds the last eight bytes of the key, the last one lowest, and zeros above a shorter
 * key; with the key's length it tells keys apart by one comparison or, above eight bytes, with a
 * look at the first ones. Mutable, reused, not thread-safe.
 */
final class QueryParameter {
  private int keyFrom;
  private int keyLength;
  private long word;
  private int valueFrom;
  private int end;

  /** The word of {@code key}. */
  static long word(String key) {
    byte[] bytes = key.getBytes(US_ASCII);
    return word(bytes, 0, bytes.length);
  }

  /** The word of the bytes in the range. */
  static long word(byte[] buffer, int from, int to) {
    long word = 0;
    for (int at = from; at < to; at++) {
      word = word << Byte.SIZE | (buffer[at] & 0xff);
    }
    return word;
  }

  /** Reads the parameter that begins at {@code from}. */
  void read(byte[] buffer, int from, int to) {
    long bytes = 0;
    int at = from;
    while (at < to && buffer[at] != '=' && buffer[at] != '&') {
      bytes = bytes << Byte.SIZE | (buffer[at] & 0xff);
      at++;
    }
    keyFrom = from;
    keyLength = at - from;
    word = bytes;
    valueFrom = at < to && buffer[at] == '=' ? at + 1 : at;
    end = Ascii.find(buffer, valueFrom, to, (byte) '&');
  }

  int keyFrom() {
    return keyFrom;
  }

  int keyLength() {
    return keyLength;
  }

  long word() {
    return word;
  }

  /** Where the value begins; {@link #end()} if there is none. */
  int valueFrom() {
    return valueFrom;
  }

  /** Where the parameter ends: at the next separator, or where the query does. */
  int end() {
    return end;
  }
}
