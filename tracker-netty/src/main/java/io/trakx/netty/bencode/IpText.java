package io.trakx.netty.bencode;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Writes IP addresses as text: dotted, or as RFC 5952 wants IPv6. Allocates nothing; thread-safe.
 */
final class IpText {
  /** Bytes of the longest address, eight groups of four digits. */
  static final int MAX_BYTES = 39;

  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final int GROUPS = 8;

  private IpText() {}

  /** Writes the four bytes of {@code source} at {@code from} as text, and returns where it ends. */
  static int putIpv4(byte[] target, int at, byte[] source, int from) {
    int end = Digits.put(target, at, source[from] & 0xff);
    for (int i = 1; i < 4; i++) {
      target[end++] = '.';
      end = Digits.put(target, end, source[from + i] & 0xff);
    }
    return end;
  }

  /** Writes the 16 bytes of {@code source} at {@code from} as text, and returns where it ends. */
  static int putIpv6(byte[] target, int at, byte[] source, int from) {
    int gapFrom = -1;
    int gapLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int zeros = zeroGroups(source, from, i);
      if (zeros > gapLength) {
        gapFrom = i;
        gapLength = zeros;
      }
      i += zeros;
    }
    int end = at;
    for (int i = 0; i < GROUPS; ) {
      if (i == gapFrom) {
        target[end++] = ':';
        target[end++] = ':';
        i += gapLength;
        continue;
      }
      if (i > 0 && target[end - 1] != ':') {
        target[end++] = ':';
      }
      end = putGroup(target, end, group(source, from, i));
      i++;
    }
    return end;
  }

  /** How many groups from the {@code first}th on are zero. */
  private static int zeroGroups(byte[] source, int from, int first) {
    int i = first;
    while (i < GROUPS && group(source, from, i) == 0) {
      i++;
    }
    return i - first;
  }

  private static int group(byte[] source, int from, int index) {
    int at = from + index * Short.BYTES;
    return (source[at] & 0xff) << 8 | (source[at + 1] & 0xff);
  }

  private static int putGroup(byte[] target, int at, int group) {
    int end = at;
    for (int shift = group == 0 ? 0 : (31 - Integer.numberOfLeadingZeros(group)) & ~3;
        shift >= 0;
        shift -= 4) {
      target[end++] = HEX[group >>> shift & 0xf];
    }
    return end;
  }
}
