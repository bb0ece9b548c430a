package io.trakx.bench.load;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * A tracker on this machine.
 *
 * @param udp whether it is asked over UDP (BEP 15), else over HTTP
 * @param address within 127.0.0.0/8, or ::1: a load generator pointed elsewhere is an attack
 * @param port 1 to 65535
 * @param path of the announce endpoint, for HTTP
 */
record Target(boolean udp, InetAddress address, int port, String path) {
  Target {
    if (!address.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          address.getHostAddress() + " is not a loopback address; only those may be loaded");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("the port must be 1 to 65535, not " + port);
    }
  }

  /**
   * Reads an announce URL with a literal address; names are not resolved.
   *
   * @throws IllegalArgumentException if it is no such URL, or leads off this machine
   */
  static Target parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + url, e);
    }
    String scheme = uri.getScheme();
    if (!"http".equals(scheme) && !"udp".equals(scheme)) {
      throw new IllegalArgumentException("not an http or udp URL: " + url);
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("no address in " + url);
    }
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(uri.getHost().replaceAll("^\\[|\\]$", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          uri.getHost() + " is not a literal address such as 127.0.0.1 or [::1]", e);
    }
    boolean named = uri.getRawPath() != null && uri.getRawPath().length() > 1;
    return new Target(
        scheme.equals("udp"), address, uri.getPort(), named ? uri.getRawPath() : "/announce");
  }

  boolean ipv6() {
    return address instanceof Inet6Address;
  }

  /** Bytes of a compact peer in an answer (BEP 23, BEP 7). */
  int bytesPerPeer() {
    return ipv6() ? 18 : 6;
  }

  /** What stands in the Host header. */
  String host() {
    String literal = address.getHostAddress();
    return (ipv6() ? "[" + literal + "]" : literal) + ":" + port;
  }
}
