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
    return Ascii.lastBytes(bytes, 0, bytes.length);
  }

  /** Reads the parameter that begins at {@code from}. */
  void read(byte[] buffer, int from, int to) {
    int keyTo = Ascii.findEither(buffer, from, to, (byte) '=', (byte) '&');
    keyFrom = from;
    keyLength = keyTo - from;
    word = Ascii.lastBytes(buffer, from, keyTo);
    valueFrom = keyTo < to && buffer[keyTo] == '=' ? keyTo + 1 : keyTo;
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
