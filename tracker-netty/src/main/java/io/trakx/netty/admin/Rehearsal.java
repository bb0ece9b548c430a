package io.trakx.netty.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Asks a metrics port what monitors ask, again and again, for nobody: what Java has to load and to
 * initialise for the first answer takes many times longer than the answer, and code that runs once
 * a second is not compiled for minutes.
 */
final class Rehearsal {
  private static final Logger LOG = LogManager.getLogger(Rehearsal.class);

  /** Java looks whether to compile a method each 128 times that it runs. */
  private static final int ROUNDS = 130;

  private static final int LIMIT_MILLIS = 5000;

  /** What there is, and what Prometheus asks for first. */
  private static final List<String> HEADS =
      List.of(
          "GET /debug/vars HTTP/1.1\r\n",
          "GET /metrics HTTP/1.1\r\n",
          "GET /metrics HTTP/1.1\r\nAccept: application/openmetrics-text;version=1.0.0\r\n",
          "GET /readyz HTTP/1.1\r\n");

  private final InetSocketAddress port;

  /**
   * @param port where it listens; any address of the machine's may stand for it
   */
  Rehearsal(InetSocketAddress port) {
    InetAddress address = port.getAddress();
    this.port =
        address.isAnyLocalAddress()
            ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getPort())
            : port;
  }

  /** Takes less than a second; that it fails harms nobody. */
  void run() {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        for (String head : HEADS) {
          ask(head);
        }
      }
    } catch (IOException e) {
      LOG.debug("the metrics port was not rehearsed", e);
    }
  }

  private void ask(String head) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.connect(port, LIMIT_MILLIS);
      String request = head + "Host: trakx\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      var _ = socket.getInputStream().readAllBytes();
    }
  }
}
