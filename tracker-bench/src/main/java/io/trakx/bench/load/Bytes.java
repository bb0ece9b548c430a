package io.trakx.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What the classes of this package do with bytes and numbers; none of it allocates. */
final class Bytes {
  static final Charset ASCII = StandardCharsets.US_ASCII;
  private static final int MOST_DIGITS = 20;

  private Bytes() {}

  /** Spreads numbers over all values, one to one: the finaliser of SplitMix64 (Steele, 2014). */
  static long mix(long number) {
    long z = number + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Appends a number of 0 or more in decimal. */
  static void putDecimal(ByteBuffer target, long number) {
    int end = target.position() + 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      end++;
    }
    long rest = number;
    for (int at = end - 1; at >= target.position(); at--) {
      target.put(at, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    target.position(end);
  }

  /** Whether {@code expected} stands at an index below {@code end}. */
  static boolean matches(ByteBuffer source, int at, int end, byte[] expected) {
    if (end - at < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (source.get(at + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** The number in decimal digits from an index on, or -1 if there is none or it is too long. */
  static long decimal(ByteBuffer source, int at, int end) {
    long number = 0;
    int i = at;
    while (i < end && source.get(i) >= '0' && source.get(i) <= '9') {
      if (i - at == MOST_DIGITS - 2) {
        return -1;
      }
      number = number * 10 + source.get(i) - '0';
      i++;
    }
    return i == at ? -1 : number;
  }

  /** Throws if a number that a person gave is out of its range. */
  static void within(String what, long number, long least, long most) {
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          what + " must be " + least + " to " + most + ", not " + number);
    }
  }
}
