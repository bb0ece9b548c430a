package io.trakx.netty.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.trakx.core.stats.Counters;
import io.trakx.core.swarm.StoreTotals;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageHandlerTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:34:56Z");

  private final AtomicInteger reads = new AtomicInteger();
  private long nanoTime = -1;
  private Optional<List<HistorySample>> past = Optional.of(List.of());
  private final AnnouncePorts ports = new AnnouncePorts();
  private final Site site =
      new Site(
          new WebOptions(
              "The <b>tracker</b>",
              Optional.of(URI.create("mailto:a@b.example?subject='x'")),
              List.of(),
              0),
          new Statistics.Source(
              () -> new StoreTotals(1234567, 5, 7, 11, 13, 17, 19),
              new Counters(),
              List::of,
              () -> 100,
              InstantSource.fixed(NOW)),
          new Past(),
          ports);
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new PageHandler(site, () -> nanoTime));

  private final class Past implements HistorySource {
    @Override
    public Optional<List<HistorySample>> read(Range range, Instant now) {
      reads.incrementAndGet();
      return past;
    }

    @Override
    public boolean lasting() {
      return true;
    }
  }

  @BeforeEach
  void serveUdp() {
    ports.udp(6969);
  }

  @AfterEach
  void leaveNothingBehind() {
    assertThat(channel.finishAndReleaseAll()).isFalse();
    site.close();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Page(int status, byte[] bytes, FullHttpResponse response) {
    String body() {
      return new String(bytes, UTF_8);
    }

    String header(CharSequence name) {
      return String.valueOf(response.headers().get(name));
    }
  }

  private Page request(HttpMethod method, String uri, String host) {
    return request(method, uri, HttpHeaderNames.HOST, host);
  }

  private Page request(HttpMethod method, String uri, CharSequence name, String value) {
    var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, uri);
    request.headers().set(HttpHeaderNames.HOST, "h").set(name, value);
    channel.writeInbound(request);
    FullHttpResponse response = answer();
    byte[] bytes = ByteBufUtil.getBytes(response.content());
    Page page = new Page(response.status().code(), bytes, response);
    response.release();
    return page;
  }

  /** What is written by another thread comes with a later turn of the loop. */
  private FullHttpResponse answer() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < deadline) {
      channel.runPendingTasks();
      FullHttpResponse response = channel.readOutbound();
      if (response != null) {
        return response;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no answer");
  }

  private static String unpacked(byte[] gzip) throws IOException {
    try (var stream = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  @Test
  void indexTellsAnnounceUrlAndCounts() {
    Page page = request(HttpMethod.GET, "/", "tracker.example:1337");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header(HttpHeaderNames.CONTENT_TYPE)).isEqualTo("text/html; charset=utf-8");
    assertThat(page.body())
        .contains(">http://tracker.example:1337/announce</code>")
        .contains(">udp://tracker.example:6969/announce</code>")
        .contains("<dt>Torrents</dt><dd data-figure=\"torrents\">1,234,567</dd>")
        .contains("<dt>Seeders</dt><dd data-figure=\"seeders\">20</dd>")
        .contains("The &lt;b&gt;tracker&lt;/b&gt;")
        .contains("href=\"mailto:a@b.example?subject=&#39;x&#39;\"");
  }

  @Test
  void indexTellsOfHttpsWhereThatIsServed() {
    ports.http(80);
    ports.https(443);
    assertThat(request(HttpMethod.GET, "/", "tracker.example").body())
        .contains(">http://tracker.example/announce<", ">https://tracker.example/announce<");
    ports.http(1337);
    ports.https(1443);
    assertThat(ports.urls("[::1]:1337", false))
        .containsExactly(
            "udp://[::1]:6969/announce",
            "https://[::1]:1443/announce",
            "http://[::1]:1337/announce");
    assertThat(ports.urls("t.example:2443", true))
        .containsExactly(
            "udp://t.example:6969/announce",
            "https://t.example:2443/announce",
            "http://t.example:1337/announce");
    ports.http(0);
    ports.udp(0);
    assertThat(ports.urls("t.example", true)).containsExactly("https://t.example/announce");
  }

  @Test
  void indexKnowsAnIpv6Host() {
    assertThat(request(HttpMethod.GET, "/?x", "[2001:db8::1]:1337").body())
        .contains("http://[2001:db8::1]:1337/announce", "udp://[2001:db8::1]:6969/announce");
  }

  @Test
  void hostThatIsNoneIsNotShown() {
    String evil = "\"><script>alert(1)</script>";

    assertThat(request(HttpMethod.GET, "/", evil).body()).doesNotContain("alert");
    assertThat(request(HttpMethod.GET, "/<script>x", "h").body()).doesNotContain("<script>");
    assertThat(Html.escape("<a b=\"c\" d='e'>&"))
        .isEqualTo("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
  }

  @Test
  void aFloodOfHostsCostsNoMoreThanAFewPages() {
    for (int i = 0; i < HostNames.MOST; i++) {
      assertThat(request(HttpMethod.GET, "/", "h" + i).body()).contains("http://h" + i + "/");
    }

    assertThat(request(HttpMethod.GET, "/", "late").body())
        .contains("http://localhost/announce")
        .doesNotContain("late/");
    assertThat(request(HttpMethod.GET, "/", "h0").body()).contains("http://h0/announce");

    nanoTime += TimeUnit.MINUTES.toNanos(1);
    assertThat(request(HttpMethod.GET, "/", "late").body()).contains("http://late/announce");
  }

  @Test
  void policyForbidsEverythingButFilesOfTheProgram() {
    Page page = request(HttpMethod.GET, "/", "h");

    assertThat(page.header(HttpHeaderNames.CONTENT_SECURITY_POLICY))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        .doesNotContain("unsafe")
        .contains("frame-ancestors 'none'");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(page.body()).doesNotContain("style=", "<style", "onclick", "src=\"http", "src=\"//");
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() {
    Page get = request(HttpMethod.GET, "/", "h");
    Page head = request(HttpMethod.HEAD, "/", "h");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header(HttpHeaderNames.CONTENT_LENGTH))
        .isEqualTo(get.header(HttpHeaderNames.CONTENT_LENGTH));
  }

  @Test
  void otherPathsAreNotFound() {
    Page page = request(HttpMethod.GET, "/wp-login.php", "h");
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.body()).contains("no such page");

    Page favicon = request(HttpMethod.GET, "/favicon.ico", "h");
    assertThat(favicon.status()).isEqualTo(404);
    assertThat(favicon.body()).isEmpty();
    assertThat(favicon.header(HttpHeaderNames.CACHE_CONTROL)).contains("max-age");
  }

  @Test
  void otherMethodsAreRefused() {
    Page page = request(HttpMethod.POST, "/", "h");

    assertThat(page.status()).isEqualTo(405);
    assertThat(page.header(HttpHeaderNames.ALLOW)).isEqualTo("GET, HEAD");
  }

  @Test
  void filesAreKeptForEverAndComeCompressed() throws IOException {
    String index = request(HttpMethod.GET, "/", "h").body();
    Matcher file = Pattern.compile("/assets/[a-z]+-[0-9a-f]{16}[.][a-z]+").matcher(index);
    int files = 0;
    while (file.find()) {
      files++;
      Page plain = request(HttpMethod.GET, file.group(), "h");
      assertThat(plain.status()).isEqualTo(200);
      assertThat(plain.header(HttpHeaderNames.CACHE_CONTROL)).contains("immutable");
      assertThat(plain.header(HttpHeaderNames.CONTENT_ENCODING)).isEqualTo("null");
      Page packed =
          request(HttpMethod.GET, file.group(), HttpHeaderNames.ACCEPT_ENCODING, "br, gzip;q=0.8");
      assertThat(packed.header(HttpHeaderNames.CONTENT_ENCODING)).isEqualTo("gzip");
      assertThat(unpacked(packed.bytes())).isEqualTo(plain.body());
      Page known =
          request(
              HttpMethod.GET,
              file.group(),
              HttpHeaderNames.IF_NONE_MATCH,
              plain.header(HttpHeaderNames.ETAG));
      assertThat(known.status()).isEqualTo(304);
      assertThat(known.bytes()).isEmpty();
    }
    assertThat(files).isEqualTo(4);
    assertThat(request(HttpMethod.GET, "/assets/../trakx.css", "h").status()).isEqualTo(404);
    Page refused = request(HttpMethod.GET, "/", HttpHeaderNames.ACCEPT_ENCODING, "gzip;q=0");
    assertThat(refused.header(HttpHeaderNames.CONTENT_ENCODING)).isEqualTo("null");
  }

  @Test
  void historyIsReadOnceHoweverManyAsk() throws IOException {
    past =
        Optional.of(
            List.of(
                new HistorySample(
                    NOW.minusSeconds(90), Duration.ofMinutes(1), 5, 3, 2, 4, 90, 6, 3, 0, 7)));
    for (int i = 0; i < 50; i++) {
      Page page = request(HttpMethod.GET, "/history.json?range=hour", "h");
      assertThat(page.status()).isEqualTo(200);
      JsonNode json = new JsonMapper().readTree(page.body());
      assertThat(json.path("seeders")).hasSize(60);
      assertThat(json.at("/announces_per_second/58").asDouble()).isEqualTo(1.5);
      assertThat(json.at("/heap_bytes/58").isNull()).isTrue();
      assertThat(json.at("/resident_bytes/58").asLong()).isEqualTo(7);
      assertThat(json.at("/sentences/peers").asText()).startsWith("Latest: 8 peers.");
    }
    assertThat(reads).hasValue(1);
    assertThat(request(HttpMethod.GET, "/history.json?range=year", "h").status()).isEqualTo(404);
    assertThat(request(HttpMethod.GET, "/history.json?range=%", "h").status()).isEqualTo(404);
  }

  @Test
  void historyThatCannotBeHadIsNoOtherPagesTrouble() {
    past = Optional.empty();

    assertThat(request(HttpMethod.GET, "/history.json", "h").status()).isEqualTo(503);
    Page index = request(HttpMethod.GET, "/", "h");
    assertThat(index.status()).isEqualTo(200);
    assertThat(index.body()).contains("The history cannot be read at present.");
  }

  @Test
  void statisticsComeAsTablesAndAsJson() throws IOException {
    assertThat(request(HttpMethod.GET, "/stats", "h").body())
        .contains("1 min 40 s ago", "Peers by address family", "<td>48</td>")
        .doesNotContain("Largest swarms");
    Page json = request(HttpMethod.GET, "/stats.json?x=y", "h");
    assertThat(json.header(HttpHeaderNames.CONTENT_TYPE)).isEqualTo("application/json");
    JsonNode stats = new JsonMapper().readTree(json.body());
    assertThat(stats.path("peers").asLong()).isEqualTo(7 + 11 + 13 + 17);
    assertThat(stats.path("uptime_seconds").asLong()).isEqualTo(100);
    assertThat(stats.path("requests")).hasSize(10);
    assertThat(stats.has("largest_swarms")).isFalse();
  }

  @Test
  void rehearsalAsksNothingOfThePastAndEndsWithTheSite() {
    site.rehearse();

    assertThat(reads).hasValue(0);
    assertThat(request(HttpMethod.GET, "/", "h").status()).isEqualTo(200);

    site.close();
    site.rehearse();
  }
}
