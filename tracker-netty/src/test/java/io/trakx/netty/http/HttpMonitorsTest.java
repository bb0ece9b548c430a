package io.trakx.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.admin.AdminServer;
import io.trakx.netty.admin.DebugVars;
import io.trakx.netty.admin.Readiness;
import io.trakx.netty.metrics.Metrics;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TcpOptions;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The requests of public monitors, byte for byte, and what they want of an answer. */
@ExtendWith(LeakGuard.class)
class HttpMonitorsTest {
  private final TestServer server = TestServer.on(TransportType.AUTO).start();

  HttpMonitorsTest() throws IOException {}

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void newTrackonAcceptsTheTracker() throws IOException {
    for (String from : List.of("127.0.0.1", "::1")) {
      try (RawClient client = server.connectFrom(from)) {
        client.send(
            "GET /announce?info_hash=%8F%2Ar%B1%0C%C7%A9%ECz%10%96%B8m%17%E3%D7%D0%AB%C4e"
                + "&peer_id=-qB4390-x7Kf%2BQ9Lm2Zt&port=6881&uploaded=0&downloaded=0&left=0&compact=1&ipv6=None&ipv4=203.0.113.9"
                + " HTTP/1.1\r\n"
                + "Host: tracker.example:1337\r\n"
                + "User-Agent: qBittorrent/4.3.9\r\n"
                + "Accept-Encoding: gzip\r\n"
                + "Connection: close\r\n\r\n");
        RawResponse answer = client.read();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
            .containsEntry("connection", "close")
            .doesNotContainKeys("location", "content-encoding");
        Map<String, Object> dictionary = answer.dictionary();
        assertThat(dictionary).containsKey("peers").doesNotContainKey("failure reason");
        assertThat(answer.number("interval")).isBetween(300, 10_800);
        dictionary.forEach(
            (key, value) -> {
              if (value instanceof String text
                  && !List.of("peers", "peers6", "external ip").contains(key)) {
                assertThat(text).isASCII();
              }
            });
        assertThat(client.closedByServer()).isTrue();
      }
    }
  }

  @Test
  void torrustsCheckerAcceptsTheTracker() throws Exception {
    String hash = "%3B%24U%04%CF%5F%11%BB%DB%E1%20%1C%EAjk%F4Z%EE%1B%C0";
    String query =
        "info_hash="
            + hash
            + "&peer_addr=192.168.1.88&downloaded=0&uploaded=0&peer_id=%2DqB00000000000000001"
            + "&port=17548&left=0&event=completed&compact=0";
    server.get("127.0.0.2", "/announce?" + query);
    try (RawClient client = server.connect()) {
      RawResponse answer = client.get("/announce?" + query, "Accept: */*");
      assertThat(answer.number("complete")).isEqualTo(2);
      assertThat(answer.number("incomplete")).isZero();
      assertThat(answer.number("interval")).isPositive();
      assertThat(answer.number("min interval")).isPositive();
      assertThat(answer.dictionary().get("peers")).isEqualTo(List.of());
      RawResponse leecher =
          client.get(
              "/announce?"
                  + query.replace("left=0", "left=1").replace("event=completed", "event=started")
                  + "&port=17549");
      assertThat(leecher.text())
          .contains("7:peer id20:-qB00000000000000001")
          .contains("2:ip9:127.0.0.27:");
      RawResponse scrape = client.get("/scrape?info_hash=" + hash, "Accept: */*");
      assertThat(scrape.text()).startsWith("d5:filesd20:").contains("8:completei2e");
    }
    assertThat(statusOfHealthUrl()).isBetween(200, 299);
  }

  private int statusOfHealthUrl() throws Exception {
    try (DebugVars vars =
            new DebugVars(
                List.of("trakx"), "1", server.store::totals, server.counters, () -> 1, Map::of);
        AdminServer admin =
            AdminServer.start(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                TcpOptions.defaults(),
                vars,
                new Metrics(),
                new Readiness(List.of()));
        HttpClient client = HttpClient.newHttpClient()) {
      int port = admin.addresses().getFirst().getPort();
      URI url = URI.create("http://127.0.0.1:" + port + "/healthz");
      return client
          .send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }
}
