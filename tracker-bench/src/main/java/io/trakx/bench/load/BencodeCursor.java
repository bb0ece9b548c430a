package io.trakx.bench.load;

import java.nio.ByteBuffer;

/**
 * Reads one bencoded value strictly (BEP 3) and steps over what the reader does not want.
 *
 * <p>Where the input is wrong, {@link #broken} turns true for good and every method returns -1. To
 * be used again for the next value by {@link #start}. Allocates nothing. Not thread-safe.
 */
final class BencodeCursor {
  private static final int MOST_DEPTH = 16;

  private ByteBuffer source;
  private int at;
  private int end;
  private boolean broken;
  private int stringLength;

  BencodeCursor() {
    source = ByteBuffer.allocate(0);
  }

  void start(ByteBuffer newSource, int from, int to) {
    source = newSource;
    at = from;
    end = to;
    broken = false;
  }

  boolean broken() {
    return broken;
  }

  /** Whether all has been read, and nothing was wrong. */
  boolean atEnd() {
    return !broken && at == end;
  }

  /** Steps into a dictionary. */
  void enter() {
    if (peek() == 'd') {
      at++;
    } else {
      fail();
    }
  }

  /** Steps out of the dictionary if it ends here. */
  boolean leave() {
    if (peek() == 'e') {
      at++;
      return true;
    }
    return broken;
  }

  /** Reads a string and returns the index of its first byte; {@link #length} has its length. */
  int string() {
    int colon = at;
    while (colon < end && source.get(colon) != ':') {
      colon++;
    }
    long length = Bytes.decimal(source, at, colon);
    boolean leadingZero = colon - at > 1 && source.get(at) == '0';
    if (length < 0 || leadingZero || length > end - colon - 1 || digits(length) != colon - at) {
      return fail();
    }
    stringLength = (int) length;
    at = colon + 1 + stringLength;
    return colon + 1;
  }

  /** The length in bytes of the string read last. */
  int length() {
    return stringLength;
  }

  /** Reads an integer of 0 or more. */
  long integer() {
    if (peek() != 'i') {
      return fail();
    }
    long number = Bytes.decimal(source, at + 1, end);
    int close = at + 1 + digits(number);
    if (number < 0 || close >= end || source.get(close) != 'e') {
      return fail();
    }
    at = close + 1;
    return number;
  }

  /** Steps over a value of any type. */
  void skip() {
    int depth = 0;
    do {
      switch (peek()) {
        case 'd', 'l' -> {
          at++;
          if (++depth > MOST_DEPTH) {
            fail();
          }
        }
        case 'e' -> {
          at++;
          if (--depth < 0) {
            fail();
          }
        }
        case 'i' -> integer();
        default -> string();
      }
    } while (depth > 0 && !broken);
  }

  private int peek() {
    if (broken || at >= end) {
      return fail();
    }
    return source.get(at);
  }

  private int fail() {
    broken = true;
    return -1;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
