package io.trakx.netty.app;

import io.trakx.netty.http.HttpListener;
import io.trakx.netty.http.HttpServer;
import io.trakx.netty.transport.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the public port is open.
 *
 * @param plain over HTTP
 * @param encrypted over HTTPS
 */
record HttpPorts(List<InetSocketAddress> plain, List<InetSocketAddress> encrypted) {
  /**
   * Opens it.
   *
   * @param https the HTTPS port, if there is one
   */
  static HttpPorts open(HttpServer server, List<HttpListener> plain, Optional<HttpsPort> https)
      throws IOException {
    List<InetSocketAddress> http = server.start(plain);
    return new HttpPorts(http, https.isEmpty() ? List.of() : https.get().start(server));
  }

  /** All addresses. */
  List<InetSocketAddress> all() {
    return Stream.concat(plain.stream(), encrypted.stream()).toList();
  }

  /** The addresses as the log has them. */
  @Override
  public String toString() {
    return encrypted.isEmpty() ? text(plain) : text(plain) + ", HTTPS on " + text(encrypted);
  }

  static String text(List<InetSocketAddress> addresses) {
    return addresses.isEmpty()
        ? "no port"
        : addresses.stream().map(Addresses::text).collect(Collectors.joining(", "));
  }
}
