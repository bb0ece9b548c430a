package io.trakx.netty.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.SplittableRandom;

/** A thread that sends nonsense over HTTP, a connection each time, and reads until it is closed. */
final class HttpNonsense implements AutoCloseable {
  private static final int NET = 92;
  private static final int LIMIT_MILLIS = 20_000;
  private static final long ENDLESS = 1_000_000_000L;
  private static final int PARAMETERS = 1_000_000;
  private static final String ANNOUNCE =
      "GET /announce?info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb&port=1&left=0";
  private static final List<String> BROKEN =
      List.of(
          ANNOUNCE + "&event=%zz HTTP/1.1\r\n\r\n",
          "GET /announce?info_hash=%\r\n\r\n",
          "GET /announce?info_hash=%c0%ae%ed%a0%80%f8&port=%2 HTTP/1.1\r\nHost: t\r\n\r\n",
          "GET /\0announce HTTP/1.1\r\n\r\n",
          "GET /announce\rHTTP/1.1\n\n",
          ANNOUNCE + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
          ANNOUNCE + " HTTP/1.1\r\nContent-Length: -1\r\nContent-Length: 9\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: \u00ff\u00fe\r\nX\u0080: \u001b[2J\r\n\r\n",
          "GET /stats HTTP/1.1\r\n folded\r\n\r\n",
          "POST /history.json?range=%00%ff HTTP/1.1\r\nExpect: 100-continue\r\n\r\n",
          "\u0016\u0003\u0001\u0002\0\1\0\1\u00fc\u0003\u0003",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          "\u0013BitTorrent protocol");

  private final InetSocketAddress server;
  private final boolean endless;
  private final SplittableRandom random = new SplittableRandom(6);
  private final Thread thread = new Thread(this::run, "http-nonsense");
  private volatile boolean stopped;
  private volatile int sent;

  private HttpNonsense(InetSocketAddress server, boolean endless) {
    this.server = server;
    this.endless = endless;
  }

  /**
   * Begins.
   *
   * @param endless whether what it sends has no end, or one after a gigabyte; each takes seconds
   */
  static HttpNonsense start(InetSocketAddress server, boolean endless) {
    HttpNonsense nonsense = new HttpNonsense(server, endless);
    nonsense.thread.start();
    return nonsense;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by this thread only
  private void run() {
    while (!stopped) {
      try (Socket socket = new Socket()) {
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.bind(Sources.of(NET, sent));
        socket.connect(server);
        send(socket.getOutputStream());
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      } catch (IOException e) {
        // Cut off, as it deserves.
      }
      sent++;
    }
  }

  private void send(OutputStream out) throws IOException {
    int kind = random.nextInt(endless ? 3 : 100);
    if (endless) {
      sendEndless(out, kind);
    } else if (kind < 30) {
      out.write(bytes(BROKEN.get(random.nextInt(BROKEN.size()))));
    } else if (kind < 40) {
      byte[] noise = new byte[random.nextInt(1, 9000)];
      random.nextBytes(noise);
      out.write(noise);
    } else {
      out.write(mutated());
    }
  }

  private static void sendEndless(OutputStream out, int kind) throws IOException {
    switch (kind) {
      case 0 -> endless(out, ANNOUNCE + " HTTP/1.1\r\nX: ", "x".repeat(1 << 16), ENDLESS);
      case 1 -> endless(out, "GET /announce?", "port=1&".repeat(1000), PARAMETERS * 7L);
      default -> endless(out, "GET / HTTP/1.1\r\n", "A: b\r\n".repeat(1000), ENDLESS);
    }
  }

  private static void endless(OutputStream out, String start, String more, long most)
      throws IOException {
    out.write(bytes(start));
    byte[] block = bytes(more);
    for (long written = 0; written < most; written += block.length) {
      out.write(block);
    }
  }

  /** A request as clients send it, for the tracker or for a page, with some bytes changed. */
  private byte[] mutated() {
    String start = random.nextBoolean() ? ANNOUNCE : "GET /stats.json?a=b";
    byte[] request = bytes(start + " HTTP/1.1\r\nHost: t\r\nAccept: */*\r\n\r\n");
    for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
      request[random.nextInt(request.length)] = (byte) random.nextInt();
    }
    return request;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** Connections that were made. */
  int sent() {
    return sent;
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
