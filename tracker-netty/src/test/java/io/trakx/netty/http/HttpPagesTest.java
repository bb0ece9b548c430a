package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages and announces on one connection. */
@ParameterizedClass
@MethodSource("io.trakx.netty.http.TestServer#transports")
@ExtendWith(LeakGuard.class)
class HttpPagesTest {
  private static final String ANNOUNCE = Announce.of(hash(1)).toString();

  private final TestServer server;

  HttpPagesTest(TransportType transport) throws IOException {
    server = TestServer.on(transport).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatIsNotTheTrackersGoesToThePages() throws IOException {
    try (RawClient client = server.connect()) {
      assertThat(client.get("/").text()).isEqualTo("GET /");
      assertThat(client.get("/stats.json?x=y").text()).isEqualTo("GET /stats.json?x=y");
      client.send("OPTIONS * HTTP/1.1\r\n\r\n");
      assertThat(client.read().text()).isEqualTo("OPTIONS *");
      client.send("POST /form HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
      assertThat(client.read().text()).isEqualTo("POST /form");
    }
  }

  @Test
  void headOnAPageHasNoBody() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("HEAD /page HTTP/1.1\r\n\r\n");
      assertThat(client.readHead().headers()).containsEntry("content-length", "10");
      assertThat(client.get("/page").text()).isEqualTo("GET /page");
    }
  }

  @Test
  void pagesAndAnnouncesTakeTurnsOnOneConnection() throws IOException {
    try (RawClient client = server.connect()) {
      for (int i = 0; i < 10; i++) {
        assertThat(client.get("/page/" + i).text()).isEqualTo("GET /page/" + i);
        assertThat(client.get(ANNOUNCE).has("peers")).isTrue();
        assertThat(client.get("/later/" + i).text()).isEqualTo("GET /later/" + i);
      }
    }
  }

  @Test
  void pagesAndAnnouncesPipelinedAreAnsweredInOrder() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      requests.append("GET /later/").append(i).append(" HTTP/1.1\r\n\r\n");
      requests.append("GET ").append(ANNOUNCE).append(" HTTP/1.1\r\n\r\n");
      requests.append("GET /page/").append(i).append(" HTTP/1.1\r\n\r\n");
      requests.append("GET ").append(ANNOUNCE).append(" HTTP/1.1\r\n\r\n");
    }
    try (RawClient client = server.connect()) {
      client.send(requests.toString());
      for (int i = 0; i < 30; i++) {
        assertThat(client.read().text()).isEqualTo("GET /later/" + i);
        assertThat(client.read().has("peers")).isTrue();
        assertThat(client.read().text()).isEqualTo("GET /page/" + i);
        assertThat(client.read().has("peers")).isTrue();
      }
    }
  }

  @Test
  void aPageSaysWhatBecomesOfTheConnection() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("GET /page HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.read().headers()).containsEntry("connection", "keep-alive");
      assertThat(client.get("/later", "Connection: close").headers())
          .containsEntry("connection", "close");
      assertThat(client.closedByServer()).isTrue();
    }
  }

  @Test
  void aPageWithoutLengthEndsWithTheConnection() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("GET /endless HTTP/1.1\r\n\r\nGET /next HTTP/1.1\r\n\r\n");
      assertThat(client.readAll())
          .containsIgnoringCase("connection: close")
          .endsWith("GET /endless");
    }
  }

  @Test
  void bytesForThePagesCannotSmuggleARequestPastTheFraming() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(
          "GET /page HTTP/1.1\r\nContent-Length: 5\r\n\r\nGET " + ANNOUNCE + " HTTP/1.1\r\n\r\n");
      String all = client.readAll();
      assertThat(all).startsWith("HTTP/1.1 400 ");
      assertThat(all.indexOf("HTTP/1.1", 1)).isNegative();
    }
  }
}
