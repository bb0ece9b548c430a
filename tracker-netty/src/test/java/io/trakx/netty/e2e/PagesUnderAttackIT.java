package io.trakx.netty.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Pages that are asked for all the time, and made of what strangers say. */
@Timeout(180)
@Isolated("Its readers would starve what runs beside it.")
class PagesUnderAttackIT {
  private static final String EVIL = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>";
  private static final String EVIL_HASH = "3c".repeat(20);
  private static final List<String> PAGES =
      List.of(
          "/", "/stats", "/stats.json", "/history.json?range=hour", "/?range=month", "/nothing");

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int READERS_A_SECOND = 200;
  private static final int SECONDS = 5;

  @TempDir private Path directory;

  private final HttpClient client = HttpClient.newHttpClient();

  /** Starts a tracker and waits until its history can be read. */
  private TrakxProcess start(String... settings) throws IOException {
    TrakxProcess tracker =
        TrakxProcess.start(directory, UnaryOperator.identity(), List.of("127.0.0.1:0"), settings);
    Await.until("database", LIMIT, tracker::log, log -> log.contains("database: "));
    return tracker;
  }

  private static String origin(TrakxProcess tracker) {
    return "http://127.0.0.1:" + tracker.http().getFirst().getPort();
  }

  private HttpRequest get(TrakxProcess tracker, String path) {
    return HttpRequest.newBuilder(URI.create(origin(tracker) + path))
        .timeout(Duration.ofSeconds(30))
        .build();
  }

  private String body(TrakxProcess tracker, String path) throws Exception {
    return client.send(get(tracker, path), BodyHandlers.ofString()).body();
  }

  @Test
  void whatStrangersSayStaysText() throws Exception {
    Requirements.programs(List.of("chromium", "setpriv"));
    Path denied = Files.writeString(directory.resolve("denied.txt"), EVIL_HASH + " " + EVIL + "\n");
    try (TrakxProcess tracker =
            start(
                "web.title=" + EVIL,
                "web.contact=https://tracker.example/?q='onmouseover='alert(3)",
                "access.denylist=" + denied);
        Chromium browser = Chromium.start(directory);
        BrowserPage page = browser.newPage()) {
      // A peer id, a reason and a host that would be markup.
      String peer = "&peer_id=%3Cscript%3Ealert(4)%3C/ab&port=1&left=0";
      assertThat(body(tracker, "/announce?info_hash=aaaaaaaaaaaaaaaaaaaa" + peer))
          .contains("complete");
      assertThat(body(tracker, "/announce?info_hash=" + "%3C".repeat(20) + peer))
          .contains("failure reason");
      assertThat(withHost(tracker, "\"><script>alert(5)</script>")).doesNotContain("alert(5)");
      assertThat(body(tracker, "/stats/<script>alert(6)".replace("<", "%3C").replace(">", "%3E")))
          .doesNotContain("alert(6)");
      for (String path : List.of("/", "/stats", "/nothing")) {
        page.open(origin(tracker) + path);
        assertThat(page.value("document.querySelector('.brand').textContent").asText())
            .isEqualTo(EVIL);
        assertThat(page.value("document.querySelector('img') === null").asBoolean()).isTrue();
        assertThat(
                page.value(
                        "[...document.querySelectorAll('*')].every(element =>"
                            + " element.getAttributeNames().every(name => !name.startsWith('on')))")
                    .asBoolean())
            .isTrue();
        assertThat(
                page.value("[...document.scripts].every(script => script.src && !script.text)")
                    .asBoolean())
            .isTrue();
      }
      assertThat(page.complaints()).allMatch(complaint -> complaint.contains("404"));
      assertThat(body(tracker, "/stats.json")).contains("\"other\":1}").doesNotContain("<");
    }
  }

  /** The index page as one gets it who names such a host. */
  private static String withHost(TrakxProcess tracker, String host) throws IOException {
    try (Socket socket = connect(tracker)) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static Socket connect(TrakxProcess tracker) throws IOException {
    InetSocketAddress server = tracker.http().getFirst();
    return new Socket(server.getAddress(), server.getPort());
  }

  @Test
  void twoHundredReadersASecondAreAnsweredAndAnnouncesUnharmed() throws Exception {
    try (TrakxProcess tracker = start();
        TrackerClient peers = new TrackerClient(tracker)) {
      peers.announce("aaaaaaaaaaaaaaaaaaaa", 1, 0, "started");
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      long begin = System.nanoTime();
      CompletableFuture<List<Long>> announced =
          CompletableFuture.supplyAsync(() -> announce(peers, begin));
      for (int i = 0; i < READERS_A_SECOND * SECONDS; i++) {
        answers.add(
            client.sendAsync(get(tracker, PAGES.get(i % PAGES.size())), BodyHandlers.ofString()));
        long next = begin + (i + 1) * 1_000_000_000L / READERS_A_SECOND;
        LockSupport.parkNanos(next - System.nanoTime());
      }
      for (int i = 0; i < answers.size(); i++) {
        HttpResponse<String> answer = answers.get(i).join();
        String path = PAGES.get(i % PAGES.size());
        assertThat(answer.statusCode()).as(path).isEqualTo(path.equals("/nothing") ? 404 : 200);
        if (path.contains(".json")) {
          assertThat(new JsonMapper().readTree(answer.body()).isObject()).isTrue();
        } else {
          assertThat(answer.body()).endsWith("</html>\n");
        }
      }
      List<Long> millis = announced.join();
      assertThat(millis).hasSizeGreaterThan(100);
      Collections.sort(millis);
      assertThat(millis.get(millis.size() / 2)).as("median in ms of %s", millis).isLessThan(50);
      assertThat(tracker.log()).doesNotContain("ERROR", "WARN");
    }
  }

  /** Announces one after the other while the readers read; how many milliseconds each took. */
  private static List<Long> announce(TrackerClient peers, long begin) {
    List<Long> millis = new ArrayList<>();
    while (System.nanoTime() - begin < SECONDS * 1_000_000_000L) {
      long asked = System.nanoTime();
      try {
        assertThat(peers.announce("aaaaaaaaaaaaaaaaaaaa", 2 + millis.size() % 9, 1, ""))
            .containsKey("peers");
      } catch (IOException e) {
        throw new AssertionError("an announce was not answered", e);
      }
      millis.add((System.nanoTime() - asked) / 1_000_000);
    }
    return millis;
  }
}
