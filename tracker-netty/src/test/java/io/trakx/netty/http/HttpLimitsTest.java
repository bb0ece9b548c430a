package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are too large or no HTTP: a clear answer, a close, nothing stored. */
@ParameterizedClass
@MethodSource("io.trakx.netty.http.TestServer#transports")
@ExtendWith(LeakGuard.class)
class HttpLimitsTest {
  private static final String ANNOUNCE = Announce.of(hash(1)).toString();
  private static final int LIMIT = 8 << 10;

  private final TransportType transport;
  private final TestServer server;

  HttpLimitsTest(TransportType transport) throws IOException {
    this.transport = transport;
    server = TestServer.on(transport).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Sends bytes and returns all that comes until the server closes. */
  private String answerTo(String bytes) throws IOException {
    try (RawClient client = server.connect()) {
      return client.send(bytes).readAll();
    }
  }

  private static String requestOf(int bytes) {
    String start = "GET " + ANNOUNCE + " HTTP/1.1\r\nX: ";
    return start + "x".repeat(bytes - start.length() - 4) + "\r\n\r\n";
  }

  @Test
  void aRequestOfExactlyTheLimitIsAnswered() throws IOException {
    try (RawClient client = server.connect()) {
      assertThat(client.send(requestOf(LIMIT)).read().status()).isEqualTo(200);
      assertThat(client.send(requestOf(LIMIT).repeat(3)).read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void headersAboveTheLimitAre431AndTheConnectionIsClosed() throws IOException {
    for (int bytes : new int[] {LIMIT + 1, LIMIT + 5000, 100_000}) {
      assertThat(answerTo(requestOf(bytes)))
          .startsWith("HTTP/1.1 431 ")
          .contains("Connection: close");
    }
    assertThat(server.count(TrackerCounter.HTTP_TOO_LARGE)).isEqualTo(3);
    assertThat(server.store.totals().peers()).isZero();
  }

  @Test
  void aRequestLineAboveTheLimitIs414AndTheConnectionIsClosed() throws IOException {
    assertThat(answerTo("GET /announce?" + "x".repeat(LIMIT)))
        .startsWith("HTTP/1.1 414 ")
        .contains("Connection: close");
    assertThat(answerTo("GET /" + "x".repeat(60_000) + " HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ");
  }

  @Test
  void theLimitHoldsForTheOnlyRequestOfAConnectionToo() throws IOException {
    int limit = 512;
    try (TestServer strict =
        TestServer.on(transport)
            .options(TestOptions.defaults().maxRequestBytes(limit).build())
            .start()) {
      String request = "GET " + ANNOUNCE + " HTTP/1.0\r\nX: ";
      for (int tooMany : new int[] {0, 1, 488}) {
        int padding = limit + tooMany - request.length() - 4;
        try (RawClient client = strict.connect()) {
          String answer = client.send(request + "x".repeat(padding) + "\r\n\r\n").readAll();
          assertThat(answer).startsWith(tooMany == 0 ? "HTTP/1.1 200 " : "HTTP/1.1 431 ");
        }
      }
      assertThat(strict.count(TrackerCounter.ANNOUNCES)).isEqualTo(1);
      assertThat(strict.count(TrackerCounter.HTTP_TOO_LARGE)).isEqualTo(2);
    }
  }

  @Test
  void aClientStillSendingSeesTheRefusal() throws IOException {
    assertThat(answerTo("GET /" + "x".repeat(200_000))).startsWith("HTTP/1.1 414 ");
  }

  @Test
  void aClientThatNeverStopsSendingIsCutOff() throws IOException {
    try (RawClient client = server.connect()) {
      boolean cut = false;
      for (int i = 0; i < 10_000 && !cut; i++) {
        try {
          client.send("x".repeat(10_000));
        } catch (IOException e) {
          cut = true;
        }
      }
      assertThat(cut).isTrue();
    }
  }

  @Test
  void whatIsNoHttpIs400AndTheConnectionIsClosed() throws IOException {
    List<String> nonsense =
        List.of(
            "\u0016\u0003\u0001\u0002\0\1\0\1\u00fc\u0003\u0003",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "hello\r\n",
            "GET\r\n\r\n",
            "GET /announce\r\n\r\n",
            "GET /announce HTTP/9.9\r\n\r\n",
            "GET /announce HTTP/1.1\r\nno colon\r\n\r\n",
            "GET /announce HTTP/1.1\r\n : x\r\n\r\n",
            "GET /ann\0ounce HTTP/1.1\r\n\r\n",
            "GET /announce HTTP/1.1\r\nA: b\rc\r\n\r\n",
            "\u0013BitTorrent protocol",
            "\r\n".repeat(20));
    for (String bytes : nonsense) {
      assertThat(answerTo(bytes)).as(bytes).startsWith("HTTP/1.1 400 ");
    }
    assertThat(server.count(TrackerCounter.HTTP_MALFORMED)).isEqualTo(nonsense.size());
  }

  @Test
  void requestsBeforeTheNonsenseAreAnswered() throws IOException {
    String all = answerTo("GET " + ANNOUNCE + " HTTP/1.1\r\n\r\n\0\0\0\0");
    assertThat(all).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 400 ");
    assertThat(server.store.totals().peers()).isEqualTo(1);
  }

  @Test
  void aRequestWithABodyIsRefusedAndTheConnectionClosed() throws IOException {
    for (String framing :
        List.of(
            "Content-Length: 5\r\n\r\nhello",
            "Content-Length: 500000\r\n\r\nhello",
            "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")) {
      for (String start : List.of("GET " + ANNOUNCE, "GET /page", "POST /page", "HEAD /scrape")) {
        assertThat(answerTo(start + " HTTP/1.1\r\n" + framing))
            .as(start + framing)
            .startsWith("HTTP/1.1 400 ")
            .containsOnlyOnce("HTTP/1.1");
      }
      assertThat(answerTo("POST " + ANNOUNCE + " HTTP/1.1\r\n" + framing))
          .startsWith("HTTP/1.1 405 ")
          .containsOnlyOnce("HTTP/1.1");
    }
    assertThat(server.store.totals().peers()).isZero();
  }
}
