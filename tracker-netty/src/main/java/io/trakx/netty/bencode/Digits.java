package io.trakx.netty.bencode;

/** Writes decimal numbers digit by digit. Allocates nothing; thread-safe. */
final class Digits {
  private Digits() {}

  /** How many digits {@code value}, 0 or more, has. */
  static int count(int value) {
    int digits = 1;
    for (int rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** Writes {@code value}, 0 or more, from {@code at} on, and returns where it ends. */
  static int put(byte[] target, int at, int value) {
    int end = at + count(value);
    int rest = value;
    for (int digit = end - 1; digit >= at; digit--) {
      target[digit] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }
}
