package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Bytes as text and back, one character a byte. */
final class Latin1 {
  private Latin1() {}

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, ISO_8859_1);
  }
}
