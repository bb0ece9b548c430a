package io.trakx.netty.http;

/** Reads decimal numbers written in ASCII. */
final class DecimalText {
  /** What {@link #parse} returns for anything but an optional minus and digits. */
  static final long NOT_A_NUMBER = Long.MIN_VALUE;

  private static final long MAX_TENTH = Long.MAX_VALUE / 10;
  private static final int MAX_LAST_DIGIT = (int) (Long.MAX_VALUE % 10);

  /** So many digits fit whatever they are. */
  private static final int SAFE_DIGITS = 18;

  private DecimalText() {}

  /**
   * The number that the range is, saturated at plus or minus {@link Long#MAX_VALUE}, or {@link
   * #NOT_A_NUMBER}. A plus sign makes no number.
   */
  static long parse(byte[] buffer, int from, int to) {
    boolean negative = from < to && buffer[from] == '-';
    int at = negative ? from + 1 : from;
    if (at >= to) {
      return NOT_A_NUMBER;
    }
    long value = 0;
    for (int end = Math.min(to, at + SAFE_DIGITS); at < end; at++) {
      int digit = buffer[at] - '0';
      if (digit < 0 || digit > 9) {
        return NOT_A_NUMBER;
      }
      value = value * 10 + digit;
    }
    for (; at < to; at++) {
      int digit = buffer[at] - '0';
      if (digit < 0 || digit > 9) {
        return NOT_A_NUMBER;
      }
      boolean fits = value < MAX_TENTH || (value == MAX_TENTH && digit <= MAX_LAST_DIGIT);
      value = fits ? value * 10 + digit : Long.MAX_VALUE;
    }
    return negative ? -value : value;
  }
}
