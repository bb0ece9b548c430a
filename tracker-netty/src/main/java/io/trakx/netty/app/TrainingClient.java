package io.trakx.netty.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.trakx.netty.admin.Rehearsal;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Asks the tracker of {@link CacheTraining} what clients, browsers and monitors ask, over HTTP and
 * UDP.
 */
final class TrainingClient {
  /** Enough for the methods of an announce to be compiled, in less than a second. */
  private static final int ROUNDS = 500;

  /** Enough for what an answer does once to be compiled: Java does that after 200 times. */
  private static final int READINGS = 250;

  private static final List<String> PAGES = List.of("/", "/stats", "/stats.json");
  private static final List<String> MONITORED = List.of("/debug/vars", "/metrics", "/readyz");
  private static final String GZIP = "Accept-Encoding: gzip\r\n";
  private static final String OPEN_METRICS =
      "Accept: application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5\r\n";

  private static final int SWARMS = 20;
  private static final int FIRST_PORT = 10_000;
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int ANSWER_MILLIS = 10_000;

  /** BEP 15: the magic number of a connect, the actions, and the lengths of messages. */
  private static final long MAGIC = 0x41727101980L;

  private static final int CONNECT = 0;
  private static final int ANNOUNCE = 1;
  private static final int CONNECT_BYTES = 16;
  private static final int ANNOUNCE_BYTES = 98;
  private static final int MAX_ANSWER_BYTES = 1500;

  private TrainingClient() {}

  static void askHttp(int port) throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      String hash = "info_hash=" + infoHash(i);
      get(
          port,
          "/announce?%s&peer_id=%s&port=%d&left=%d&uploaded=0&downloaded=0&compact=1&event=started"
              .formatted(hash, peerId(i), FIRST_PORT + i, i % 2));
      get(port, "/scrape?" + hash);
    }
  }

  /**
   * Reads all pages, and what monitors read, as browsers and monitors do: some over a connection of
   * its own each time, some over one that stays open.
   */
  static void read(int http, int metrics) throws IOException {
    readAgain(http, PAGES);
    readAgain(metrics, MONITORED);
    for (int i = 0; i < READINGS; i++) {
      for (String page : PAGES) {
        get(http, page, i % 2 == 0 ? "" : GZIP);
      }
      for (String page : MONITORED) {
        get(metrics, page, "");
      }
      get(metrics, "/metrics", OPEN_METRICS);
    }
  }

  private static void readAgain(int port, List<String> targets) {
    List<String> heads = targets.stream().map("GET %s HTTP/1.1\r\n"::formatted).toList();
    new Rehearsal(new InetSocketAddress(LOOPBACK, port), heads).run(1);
  }

  private static void get(int port, String target) throws IOException {
    get(port, target, "");
  }

  /**
   * Asks over a connection of its own.
   *
   * @param header a line of the request's head, with its end, or nothing
   */
  private static void get(int port, String target, String header) throws IOException {
    String request =
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%sConnection: close\r\n\r\n"
            .formatted(target, header);
    try (Socket socket = new Socket(LOOPBACK, port)) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      String response = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      if (!response.startsWith("HTTP/1.1 200")) {
        throw new IOException(target + " was answered with " + response);
      }
    }
  }

  static void askUdp(int port) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.connect(LOOPBACK, port);
      byte[] connect = new byte[CONNECT_BYTES];
      ByteBuffer.wrap(connect).putLong(MAGIC).putInt(CONNECT).putInt(0);
      long connectionId = exchange(socket, connect, CONNECT).getLong(2 * Integer.BYTES);
      for (int i = 0; i < ROUNDS; i++) {
        byte[] announce = new byte[ANNOUNCE_BYTES];
        ByteBuffer.wrap(announce)
            .putLong(connectionId)
            .putInt(ANNOUNCE)
            .putInt(i)
            .put(infoHash(i).getBytes(ISO_8859_1))
            .put(peerId(i).getBytes(ISO_8859_1))
            // Downloaded, left, uploaded; event, address, key, numwant; port.
            .putLong(0)
            .putLong(i % 2)
            .putLong(0)
            .putInt(0)
            .putInt(0)
            .putInt(0)
            .putInt(-1)
            .putShort((short) (FIRST_PORT + i));
        exchange(socket, announce, ANNOUNCE);
      }
    }
  }

  /** Sends a request, and returns the answer if its action is the one expected. */
  private static ByteBuffer exchange(DatagramSocket socket, byte[] request, int action)
      throws IOException {
    socket.send(new DatagramPacket(request, request.length));
    byte[] answer = new byte[MAX_ANSWER_BYTES];
    socket.receive(new DatagramPacket(answer, answer.length));
    ByteBuffer read = ByteBuffer.wrap(answer);
    if (read.getInt(0) != action) {
      throw new IOException("UDP action " + action + " was answered with " + read.getInt(0));
    }
    return read;
  }

  private static String infoHash(int i) {
    return "trakx-cache-swarm-%02d".formatted(i % SWARMS);
  }

  private static String peerId(int i) {
    return "-TX0000-%012d".formatted(i);
  }
}
