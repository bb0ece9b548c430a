package io.trakx.netty.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Reads addresses as they are written in the configuration. Never asks a name server. */
final class Addresses {
  static final String EXPECTED = "ADDRESS:PORT, such as 0.0.0.0:1337 or [::1]:1337";

  private Addresses() {}

  /** Reads {@code 1.2.3.4:80} or {@code [::1]:80}; port 0 takes a free one. */
  static InetSocketAddress parse(String text) throws InvalidValueException {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new InvalidValueException("has no port");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new InvalidValueException("has an IPv6 address without brackets, or no port");
    }
    String port = text.substring(colon + 1);
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 0xffff) {
      throw new InvalidValueException("has no port from 0 to 65535");
    }
    return new InetSocketAddress(parseHost(host), Integer.parseInt(port));
  }

  private static InetAddress parseHost(String host) throws InvalidValueException {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("has no literal IPv4 or IPv6 address");
    }
  }

  /** The way back: {@code 1.2.3.4:80} or {@code [::1]:80}. */
  static String format(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
