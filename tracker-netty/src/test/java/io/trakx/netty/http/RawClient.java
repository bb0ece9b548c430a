package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** An HTTP client that sends the bytes it is told to, and reads responses by Content-Length. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  RawClient(InetSocketAddress server, InetAddress from) throws IOException {
    socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(server);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A client on a socket that is connected. */
  RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  Socket socket() {
    return socket;
  }

  /** Sends the characters as ISO 8859-1, so that each is one byte. */
  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  /** Sends a GET of HTTP/1.1 and returns its response. */
  RawResponse get(String target, String... headers) throws IOException {
    StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: t\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return send(request.append("\r\n").toString()).read();
  }

  /** Reads one response with the body that its Content-Length announces. */
  RawResponse read() throws IOException {
    RawResponse head = readHead();
    byte[] body = in.readNBytes(Integer.parseInt(head.headers().get("content-length")));
    return new RawResponse(head.head(), new String(body, ISO_8859_1));
  }

  /** Reads a response's head only, as after HEAD. */
  RawResponse readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next;
      do {
        next = in.read();
        if (next < 0) {
          throw new EOFException("closed after: " + head);
        }
        head.append((char) next);
      } while (next != '\n');
    }
    return new RawResponse(head.toString(), "");
  }

  /** Reads so many bytes, and drops them. */
  void skip(int bytes) throws IOException {
    in.skipNBytes(bytes);
  }

  /** All that comes until the server closes. */
  String readAll() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  /** Waits until the server closes, without having sent another byte; a reset counts. */
  boolean closedByServer() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
