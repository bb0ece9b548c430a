package io.trakx.netty.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Asks a port of ours over HTTP what its readers ask, again and again, for nobody: what Java has to
 * load and to initialise for the first answer takes many times longer than the answer, and code
 * that runs once a second is not compiled for minutes.
 */
public final class Rehearsal {
  private static final Logger LOG = LogManager.getLogger(Rehearsal.class);

  /** Java looks whether to compile a method each 128 times that it runs. */
  public static final int ROUNDS = 130;

  private static final int LIMIT_MILLIS = 5000;
  private static final String LENGTH = "content-length: ";

  private final InetSocketAddress port;
  private final List<String> heads;

  /**
   * @param port where it listens; any address of the machine's may stand for it
   * @param heads requests without their bodies, without {@code Host}, each line with its end; their
   *     answers tell their length
   */
  public Rehearsal(InetSocketAddress port, List<String> heads) {
    InetAddress address = port.getAddress();
    this.port =
        address.isAnyLocalAddress()
            ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getPort())
            : port;
    this.heads = List.copyOf(heads);
  }

  /**
   * Asks everything {@value #ROUNDS} times. Takes less than a second; that it fails harms nobody.
   *
   * @param connections over how many, 1 to {@value #ROUNDS}, one after the other
   */
  public void run(int connections) {
    try {
      for (int connection = 0; connection < connections; connection++) {
        askAll(ROUNDS / connections);
      }
    } catch (IOException e) {
      LOG.debug("{} was not rehearsed", port, e);
    }
  }

  private void askAll(int rounds) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.connect(port, LIMIT_MILLIS);
      InputStream answers = new BufferedInputStream(socket.getInputStream());
      for (int round = 0; round < rounds; round++) {
        for (String head : heads) {
          socket.getOutputStream().write((head + "Host: trakx\r\n\r\n").getBytes(ISO_8859_1));
          read(answers);
        }
      }
    }
  }

  private static void read(InputStream answers) throws IOException {
    long length = 0;
    for (String line = line(answers); !line.isEmpty(); line = line(answers)) {
      if (line.startsWith(LENGTH)) {
        length = Long.parseLong(line.substring(LENGTH.length()));
      }
    }
    answers.skipNBytes(length);
  }

  private static String line(InputStream answers) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = answers.read(); c != '\n'; c = answers.read()) {
      if (c < 0) {
        throw new EOFException("closed within an answer");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
