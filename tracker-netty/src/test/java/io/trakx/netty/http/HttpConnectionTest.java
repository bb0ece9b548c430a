package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** How long connections live, and how requests share them. */
@ParameterizedClass
@MethodSource("io.trakx.netty.http.TestServer#transports")
@ExtendWith(LeakGuard.class)
class HttpConnectionTest {
  private static final String ANNOUNCE = Announce.of(hash(1)).toString();
  private static final String REQUEST = "GET " + ANNOUNCE + " HTTP/1.1\r\nHost: t\r\n\r\n";

  private final TransportType transport;
  private final TestServer server;

  HttpConnectionTest(TransportType transport) throws IOException {
    this.transport = transport;
    server = TestServer.on(transport).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static int statusLines(String bytes) {
    return bytes.split("HTTP/1\\.1 ", -1).length - 1;
  }

  @Test
  void http11KeepsTheConnection() throws IOException {
    try (RawClient client = server.connect()) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.get(ANNOUNCE).headers()).doesNotContainKey("connection");
      }
    }
    assertThat(server.count(TrackerCounter.HTTP_CONNECTIONS)).isEqualTo(1);
    assertThat(server.count(TrackerCounter.HTTP_REQUESTS)).isEqualTo(5);
  }

  @Test
  void http11ClosesWhenTheClientSaysSo() throws IOException {
    try (RawClient client = server.connect()) {
      RawResponse answer = client.get(ANNOUNCE, "Connection: foo, Close");
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(client.closedByServer()).isTrue();
    }
  }

  @Test
  void http10ClosesUnlessTheClientSaysKeepAlive() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("GET " + ANNOUNCE + " HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
      assertThat(client.read().headers()).containsEntry("connection", "keep-alive");
      client.send("GET " + ANNOUNCE + " HTTP/1.0\r\n\r\n");
      assertThat(client.read().headers()).containsEntry("connection", "close");
      assertThat(client.closedByServer()).isTrue();
    }
  }

  @Test
  void noConnectionIsKeptWhereTheOperatorSwitchedItOff() throws IOException {
    try (TestServer brief =
            TestServer.on(transport)
                .options(TestOptions.defaults().keepAlive(false).build())
                .start();
        RawClient client = brief.connect()) {
      assertThat(client.get(ANNOUNCE).headers()).containsEntry("connection", "close");
      assertThat(client.closedByServer()).isTrue();
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    int count = 300;
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < count; i++) {
      requests.append("GET /scrape?info_hash=").append(hash(i)).append(" HTTP/1.1\r\n\r\n");
    }
    try (RawClient client = server.connect()) {
      client.send(requests.toString());
      for (int i = 0; i < count; i++) {
        assertThat(client.read().text())
            .contains("=\u0000".replace('\u0000', (char) (i >> 8)) + (char) (i & 0xff) + "d8:");
      }
    }
  }

  @Test
  void requestsAfterAConnectionCloseAreNotHandled() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(REQUEST.replace("Host: t", "Connection: close") + REQUEST + REQUEST);
      assertThat(statusLines(client.readAll())).isEqualTo(1);
    }
    assertThat(server.count(TrackerCounter.ANNOUNCES)).isEqualTo(1);
  }

  @Test
  void aRequestMayArriveByteByByte() throws IOException {
    try (RawClient client = server.connect()) {
      for (char c : (REQUEST + REQUEST).toCharArray()) {
        client.send(String.valueOf(c));
      }
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void aRequestMayBeCutAnywhereAmongPipelinedOnes() throws IOException {
    try (RawClient client = server.connect()) {
      String three = REQUEST.repeat(3);
      for (int cut = 1; cut < three.length(); cut += 7) {
        client.send(three.substring(0, cut));
        client.send(three.substring(cut));
        for (int i = 0; i < 3; i++) {
          assertThat(client.read().status()).isEqualTo(200);
        }
      }
    }
  }

  @Test
  void emptyLinesBeforeARequestAreSkipped() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("\r\n" + REQUEST + "\r\n\n" + REQUEST);
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void aClientThatClosesItsSideIsStillAnswered() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(REQUEST + REQUEST);
      client.socket().shutdownOutput();
      assertThat(statusLines(client.readAll())).isEqualTo(2);
    }
  }

  @Test
  void aClientThatClosesItsSideAndReadsLateGetsAllItsAnswers() throws IOException {
    int peers = 1000;
    int count = 150;
    try (TestServer large =
            TestServer.on(transport)
                .loops(1)
                .options(TestOptions.defaults().maxPeers(peers).build())
                .start();
        RawClient client = large.connect()) {
      StringBuilder filling = new StringBuilder();
      for (int port = 1; port <= peers; port++) {
        filling.append("GET ").append(Announce.of(hash(1)).port(port).with("numwant", 0));
        filling.append(" HTTP/1.1\r\n\r\n");
      }
      client.send(filling.toString());
      for (int i = 0; i < peers; i++) {
        client.read();
      }
      // The system takes a part of these answers only; the other requests wait for room.
      String request = "GET " + ANNOUNCE + "&compact=0&numwant=" + peers + " HTTP/1.1\r\n\r\n";
      client.send(request.repeat(count));
      client.socket().shutdownOutput();
      TestServer.await("begun", () -> large.count(TrackerCounter.ANNOUNCES) > peers);
      large.look();
      assertThat(statusLines(client.readAll())).isEqualTo(count);
    }
  }

  @Test
  void aClientThatClosesItsSideBeforeALargeAnswerBeginsGetsAllOfIt() throws IOException {
    Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
    try (TestServer holding =
            TestServer.on(transport).loops(1).pages(() -> new TestPages(answers::add)).start();
        RawClient client = holding.connect()) {
      client.send("GET /held HTTP/1.1\r\nHost: t\r\n\r\n");
      client.socket().shutdownOutput();
      TestServer.await("asked", () -> !answers.isEmpty());
      holding.look();
      answers.remove().run();
      holding.look();
      client.readHead();
      assertThat(client.readAll()).hasSize(TestPages.LARGE_BYTES);
    }
  }

  @Test
  void aClientThatClosesAmidARequestIsForgotten() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(REQUEST.substring(0, 40));
      client.socket().shutdownOutput();
      assertThat(client.readAll()).isEmpty();
    }
    TestServer.await("closed", () -> server.server.connections() == 0);
  }

  @Test
  void aClientThatResetsHarmsNobody() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (RawClient client = server.connect()) {
        client.send(REQUEST.repeat(20));
        client.socket().setSoLinger(true, 0);
      }
    }
    TestServer.await("closed", () -> server.server.connections() == 0);
    assertThat(server.get("127.0.0.1", ANNOUNCE).status()).isEqualTo(200);
  }

  @Test
  void aClientThatReadsLateGetsAllItsAnswers() throws Exception {
    int count = 30_000;
    try (RawClient client = server.connect()) {
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      client.send(REQUEST.repeat(count));
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
      TestServer.await("begun", () -> server.count(TrackerCounter.HTTP_REQUESTS) > 1000);
      for (int i = 0; i < count; i++) {
        assertThat(client.read().status()).isEqualTo(200);
      }
      sender.join();
    }
    assertThat(server.count(TrackerCounter.HTTP_REQUESTS)).isEqualTo(count);
  }

  @Test
  void connectionsAboveTheLimitAreClosedAtOnceAndCounted() throws IOException {
    try (TestServer small =
            TestServer.on(transport)
                .options(TestOptions.defaults().maxConnections(2).build())
                .start();
        RawClient first = small.connect();
        RawClient second = small.connectFrom("::1")) {
      assertThat(first.get(ANNOUNCE).status()).isEqualTo(200);
      assertThat(second.get(ANNOUNCE).status()).isEqualTo(200);
      try (RawClient third = small.connect()) {
        third.send(REQUEST);
        assertThat(third.closedByServer()).isTrue();
      }
      TestServer.await("counted", () -> small.count(TrackerCounter.HTTP_CONNECTIONS_REFUSED) == 1);
      first.socket().close();
      TestServer.await("room again", () -> small.server.connections() == 1);
      assertThat(small.get("127.0.0.1", ANNOUNCE).status()).isEqualTo(200);
    }
  }
}
