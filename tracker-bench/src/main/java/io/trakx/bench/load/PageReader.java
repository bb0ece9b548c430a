package io.trakx.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Reads one page again and again over a connection that stays open. Not thread-safe. */
final class PageReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 17;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final String LENGTH = "content-length: ";

  private final Socket socket;
  private final DataInputStream in;
  private final byte[] request;
  private final String path;

  PageReader(int port, String path) throws IOException {
    this.path = path;
    socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
    request = "GET %s HTTP/1.1\r\nHost: t\r\n\r\n".formatted(path).getBytes(ISO_8859_1);
  }

  /**
   * Reads it once.
   *
   * @return how long that took, in nanoseconds
   * @throws IOException if the answer is another than 200
   */
  long read() throws IOException {
    long begun = System.nanoTime();
    socket.getOutputStream().write(request);
    String status = line();
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()));
      }
    }
    in.readFully(new byte[length]);
    long nanos = System.nanoTime() - begun;
    if (!status.startsWith("HTTP/1.1 200 ")) {
      throw new IOException(path + " was answered with " + status);
    }
    return nanos;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
