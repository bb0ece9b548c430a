package io.trakx.netty.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.trakx.netty.testing.Bencode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Asks over HTTP or HTTPS from an address of its choice, in just the characters it is told. */
final class ProxiedClient {
  private static final int TIMEOUT_MILLIS = 30_000;

  private ProxiedClient() {}

  /** All that came, a byte a character. */
  record Answer(String text) {
    Map<String, Object> dictionary() {
      int body = text.indexOf("\r\n\r\n");
      if (!text.startsWith("HTTP/1.1 200 ") || body < 0) {
        throw new AssertionError("no answer of a tracker: " + text);
      }
      return Bencode.readDictionary(text.substring(body + 4).getBytes(ISO_8859_1));
    }

    /** A string of the dictionary, a byte a character. */
    String string(String key) {
      if (dictionary().get(key) instanceof String value) {
        return value;
      }
      throw new AssertionError("no string " + key + " in " + text);
    }
  }

  /** Sends one GET on a connection of its own; over TLS if there is something to trust. */
  static Answer get(
      InetSocketAddress server,
      String from,
      @Nullable SSLContext tls,
      String target,
      String... headers)
      throws IOException {
    StringBuilder request =
        new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return new Answer(exchange(server, from, tls, request.append("\r\n").toString()));
  }

  /** Sends {@code bytes} and returns all that comes until the server closes. */
  static String exchange(
      InetSocketAddress server, String from, @Nullable SSLContext tls, String bytes)
      throws IOException {
    try (Socket plain = new Socket()) {
      plain.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
      plain.setSoTimeout(TIMEOUT_MILLIS);
      plain.connect(server, TIMEOUT_MILLIS);
      try (Socket socket = tls == null ? plain : encrypted(tls, plain, server)) {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      }
    }
  }

  private static Socket encrypted(SSLContext tls, Socket plain, InetSocketAddress server)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(plain, server.getAddress().getHostAddress(), server.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
