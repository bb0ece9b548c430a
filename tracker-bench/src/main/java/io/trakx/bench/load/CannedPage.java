package io.trakx.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A page that is ready before it is asked for, from a thread that does nothing else: what a reader
 * waits for it is its own time and the machine's.
 */
final class CannedPage implements AutoCloseable {
  private final ServerSocket server;
  private final byte[] answer;

  /**
   * @param bytes how long it is
   */
  CannedPage(int bytes) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(
        "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: %d\r\n\r\n"
            .formatted(bytes)
            .getBytes(ISO_8859_1));
    whole.writeBytes(new byte[bytes]);
    answer = whole.toByteArray();
    server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofPlatform().daemon().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Serves one connection: whatever is read in one piece is a question. */
  private void serve() {
    byte[] question = new byte[1024];
    try (Socket socket = server.accept()) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      while (in.read(question) > 0) {
        out.write(answer);
      }
    } catch (IOException e) {
      // The reader has gone.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
