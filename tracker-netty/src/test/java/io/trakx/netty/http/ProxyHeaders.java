package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.util.NetUtil;
import java.util.Locale;

/** Makes headers of the PROXY protocol by hand, a byte a character. */
final class ProxyHeaders {
  static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

  /** What a proxy says of a connection of its own. */
  static final String LOCAL = SIGNATURE + "\40\0\0\0";

  private ProxyHeaders() {}

  /** Version 1: {@code words} behind PROXY, and the end of the line. */
  static String line(String words) {
    return "PROXY " + words + "\r\n";
  }

  /** Version 1 for a client at {@code address}. */
  static String line(String address, int port) {
    boolean ipv6 = address.indexOf(':') >= 0;
    return line(
        String.format(
            Locale.ROOT,
            "%s %s %s %d 1337",
            ipv6 ? "TCP6" : "TCP4",
            address,
            ipv6 ? "2001:db8::2" : "192.0.2.2",
            port));
  }

  /** Version 2 for a client at {@code address}, with {@code more} behind the addresses. */
  static String binary(String address, int port, String more) {
    byte[] source = NetUtil.createByteArrayFromIpAddressString(address);
    String packed = new String(source, ISO_8859_1);
    String destination = "\7".repeat(source.length);
    String rest = packed + destination + shortOf(port) + shortOf(1337) + more;
    return binary(0x21, source.length == 4 ? 0x11 : 0x21, rest);
  }

  /** Version 2 of these parts. */
  static String binary(int command, int family, String rest) {
    return SIGNATURE + (char) command + (char) family + shortOf(rest.length()) + rest;
  }

  static String shortOf(int value) {
    return "" + (char) (value >> 8 & 0xff) + (char) (value & 0xff);
  }
}
