package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.netty.testing.Bencode;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that open a connection for one request, whichever way they go about it. */
@ParameterizedClass
@MethodSource("io.trakx.netty.http.TestServer#transports")
@ExtendWith(LeakGuard.class)
class HttpOneShotTest {
  private static final int MANY_PEERS = 2_000;
  private static final String CLOSE = " HTTP/1.1\r\nConnection: close\r\n\r\n";

  private final TransportType transport;
  private final TestServer server;

  HttpOneShotTest(TransportType transport) throws IOException {
    this.transport = transport;
    server = TestServer.on(transport).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private static int status(String answer) {
    return new RawResponse(answer, "").status();
  }

  @Test
  void anAnnounceIsAnsweredAndTheConnectionClosed() throws IOException {
    for (String from : List.of("127.0.0.5", "::1")) {
      try (RawClient client = server.connectFrom(from)) {
        String answer = client.send("GET " + Announce.of(hash(1)) + CLOSE).readAll();
        assertThat(status(answer)).isEqualTo(200);
        assertThat(answer).contains("\r\nConnection: close\r\n");
        assertThat(body(answer)).contains("10:incompletei");
      }
    }
    assertThat(server.count(TrackerCounter.ANNOUNCES)).isEqualTo(2);
    assertThat(server.count(TrackerCounter.HTTP_REQUESTS)).isEqualTo(2);
    assertThat(server.count(TrackerCounter.HTTP_CONNECTIONS)).isEqualTo(2);
    TestServer.await("no connection left", () -> server.server.connections() == 0);
  }

  @Test
  void aRequestMayComeInPieces() throws IOException {
    String request = "GET " + Announce.of(hash(1)) + CLOSE;
    for (int cut : new int[] {1, 20, 100, request.length() - 1}) {
      long before = server.count(TrackerCounter.HTTP_CONNECTIONS);
      try (RawClient client = server.connect()) {
        client.send(request.substring(0, cut));
        TestServer.await(
            "the first piece taken", () -> server.count(TrackerCounter.HTTP_CONNECTIONS) > before);
        assertThat(status(client.send(request.substring(cut)).readAll())).isEqualTo(200);
      }
    }
    assertThat(server.count(TrackerCounter.ANNOUNCES)).isEqualTo(4);
  }

  @Test
  void whatIsNotAnAnnounceIsAnsweredAsWell() throws IOException {
    String[][] requestsAndAnswers = {
      {"GET /scrape?info_hash=" + hash(1), "5:files"},
      {"GET /page", "GET /page"},
      {"POST /announce", "405"},
      {"HEAD /announce", "200 OK"},
      {"GET /announce?info_hash=x", "failure reason"},
      {"nonsense", "400"},
    };
    for (String[] row : requestsAndAnswers) {
      try (RawClient client = server.connect()) {
        assertThat(client.send(row[0] + CLOSE).readAll()).as(row[0]).contains(row[1]);
      }
    }
  }

  @Test
  void aClientThatSaysNothingAndGoesLeavesNothing() throws IOException {
    for (int i = 0; i < 20; i++) {
      server.connect().close();
    }
    try (RawClient client = server.connect()) {
      client.send("GET " + Announce.of(hash(1)) + CLOSE);
      assertThat(status(client.readAll())).isEqualTo(200);
    }
    TestServer.await("no connection left", () -> server.server.connections() == 0);
  }

  @Test
  void aClientThatResetsAtOnceLeavesNothing() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (RawClient client = server.connect()) {
        client.socket().setSoLinger(true, 0);
        client.send("GET " + Announce.of(hash(i)) + (i % 2 == 0 ? CLOSE : " HTTP/1.1\r\n\r\n"));
      }
    }
    assertThat(server.get("127.0.0.9", Announce.of(hash(1)).toString()).status()).isEqualTo(200);
    TestServer.await("no connection left", () -> server.server.connections() == 0);
  }

  @Test
  void theClientBehindATrustedProxyIsTheOneTheHeaderNames() throws IOException {
    try (TestServer proxied =
            TestServer.on(transport)
                .listen("127.0.0.1", TrustedProxies.parse(List.of("127.0.0.0/8")), "X-Real")
                .start();
        RawClient client = proxied.connect()) {
      String request = "GET " + Announce.of(hash(1)) + " HTTP/1.0\r\nX-Real: 192.0.2.7\r\n\r\n";
      String answer = body(client.send(request).readAll());
      assertThat(answer).contains("11:external ip4:\u00c0\u0000\u0002\u0007");
    }
  }

  @Test
  void aLargeAnswerArrivesWholeAtASlowClient() throws IOException {
    try (TestServer large =
        TestServer.on(transport)
            .loops(1)
            .limits(new StoreLimits(MANY_PEERS + 1, 10, MANY_PEERS + 1))
            .options(TestOptions.defaults().maxPeers(MANY_PEERS).build())
            .start()) {
      try (RawClient client = large.connect()) {
        fill(client);
      }
      try (RawClient client = large.connect()) {
        client.socket().setReceiveBufferSize(4096);
        String target = Announce.of(hash(1)).port(1).with("numwant", MANY_PEERS).toString();
        client.send("GET " + target + "&compact=0" + CLOSE);
        TestServer.await("answered", () -> large.count(TrackerCounter.ANNOUNCES) == MANY_PEERS + 1);
        String answer = client.readAll();
        assertThat(Bencode.readDictionary(body(answer).getBytes(StandardCharsets.ISO_8859_1)))
            .extractingByKey("peers", LIST)
            .hasSize(MANY_PEERS);
        assertThat(large.count(TrackerCounter.HTTP_CONNECTIONS)).isEqualTo(2);
      }
    }
  }

  private static void fill(RawClient client) throws IOException {
    int batch = 100;
    for (int port = 1000; port < 1000 + MANY_PEERS; port += batch) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < batch; i++) {
        requests
            .append("GET ")
            .append(Announce.of(hash(1)).port(port + i).with("numwant", 0))
            .append(" HTTP/1.1\r\n\r\n");
      }
      client.send(requests.toString());
      for (int i = 0; i < batch; i++) {
        client.read();
      }
    }
  }
}
