package io.trakx.netty.http;

import io.trakx.core.protocol.PeerAddress;

/**
 * Reads IP addresses written as text, as proxies put them into headers.
 *
 * <pre>
 * 192.0.2.1   192.0.2.1:6881   2001:db8::1   [2001:db8::1]   [2001:db8::1]:6881
 * </pre>
 *
 * <p>Strict: four decimal octets without leading zeros (RFC 6943 section 3.1.1 tells why), IPv6 as
 * in RFC 4291 section 2.2 with its dotted tail, no zone, no blanks, a port from 0 to 65535.
 * Allocates nothing; thread-safe.
 */
public final class AddressText {
  /** Bytes of the longest text that is an address, brackets and port included. */
  static final int MAX_LENGTH = "[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255]:65535".length();

  private static final int IPV4_OCTETS = 4;
  private static final int IPV6_GROUPS = 8;
  private static final int GROUPS_PER_HALF = 4;
  private static final int GROUP_BITS = 16;
  private static final int MAX_PORT_DIGITS = 5;

  private AddressText() {}

  /**
   * Sets family and address of {@code address} to those the range says. Its port stays: a port in
   * such a text is the one a connection came from, not one that a peer listens on.
   *
   * @return whether the range is exactly one address; if not, {@code address} is as it was
   */
  public static boolean parse(byte[] buffer, int from, int to, PeerAddress address) {
    if (from >= to) {
      return false;
    }
    if (buffer[from] == '[') {
      int bracket = Ascii.find(buffer, from, to, (byte) ']');
      return bracket < to
          && (bracket + 1 == to || isPort(buffer, bracket + 1, to))
          && ipv6(buffer, from + 1, bracket, address);
    }
    int colon = Ascii.find(buffer, from, to, (byte) ':');
    if (colon == to || Ascii.find(buffer, colon + 1, to, (byte) ':') == to) {
      long bits = ipv4(buffer, from, colon);
      if (bits < 0 || (colon < to && !isPort(buffer, colon, to))) {
        return false;
      }
      address.ipv4((int) bits);
      return true;
    }
    return ipv6(buffer, from, to, address);
  }

  /** Whether the range is a colon and a port. */
  private static boolean isPort(byte[] buffer, int from, int to) {
    int length = to - from;
    if (length < 2
        || length > 1 + MAX_PORT_DIGITS
        || buffer[from] != ':'
        || !Ascii.isDigit(buffer[from + 1])) {
      return false;
    }
    long port = DecimalText.parse(buffer, from + 1, to);
    return port >= 0 && port <= 0xffff;
  }

  /** The 32 bits of a dotted address, or a negative number. */
  private static long ipv4(byte[] buffer, int from, int to) {
    long bits = 0;
    int at = from;
    for (int octets = 1; octets <= IPV4_OCTETS; octets++) {
      int start = at;
      int value = 0;
      while (at < to && at - start < 3 && Ascii.isDigit(buffer[at])) {
        value = value * 10 + (buffer[at++] - '0');
      }
      if (at == start || value > 0xff || (buffer[start] == '0' && at - start > 1)) {
        return -1;
      }
      bits = bits << 8 | value;
      if (octets < IPV4_OCTETS && (at == to || buffer[at++] != '.')) {
        return -1;
      }
    }
    return at == to ? bits : -1;
  }

  /** Groups before {@code ::} are put in place from the left, those after it from the right. */
  private static boolean ipv6(byte[] buffer, int from, int to, PeerAddress address) {
    long leftHigh = 0;
    long leftLow = 0;
    long rightHigh = 0;
    long rightLow = 0;
    boolean gap = false;
    int groups = 0;
    int at = from;
    while (at < to) {
      if (buffer[at] == ':') {
        if (!gap && at + 1 < to && buffer[at + 1] == ':') {
          gap = true;
          at += 2;
          continue;
        }
        if (at == from || at + 1 == to || buffer[at - 1] == ':') {
          return false;
        }
        at++;
      }
      int groupTo = hexEnd(buffer, at, to);
      boolean dotted = groupTo < to && buffer[groupTo] == '.';
      int width = dotted ? 2 : 1;
      long value = dotted ? ipv4(buffer, at, to) : group(buffer, at, groupTo);
      groups += width;
      if (value < 0 || groups > IPV6_GROUPS) {
        return false;
      }
      int bits = width * GROUP_BITS;
      if (gap) {
        rightHigh = rightHigh << bits | rightLow >>> (Long.SIZE - bits);
        rightLow = rightLow << bits | value;
      } else if (groups <= GROUPS_PER_HALF) {
        leftHigh |= value << (GROUP_BITS * (GROUPS_PER_HALF - groups));
      } else {
        // A dotted tail is the end unless it stands too early; then there are too few groups.
        leftLow |= value << (GROUP_BITS * (IPV6_GROUPS - groups));
      }
      at = dotted ? to : groupTo;
      if (at < to && buffer[at] != ':') {
        return false;
      }
    }
    if (gap ? groups == IPV6_GROUPS : groups < IPV6_GROUPS) {
      return false;
    }
    address.ipv6(leftHigh | rightHigh, leftLow | rightLow);
    return true;
  }

  private static int hexEnd(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to && Ascii.hex(buffer[at]) >= 0) {
      at++;
    }
    return at;
  }

  /** The value of one to four hexadecimal digits, or a negative number. */
  private static int group(byte[] buffer, int from, int to) {
    if (from == to || to - from > 4) {
      return -1;
    }
    int value = 0;
    for (int at = from; at < to; at++) {
      value = value << 4 | Ascii.hex(buffer[at]);
    }
    return value;
  }
}
