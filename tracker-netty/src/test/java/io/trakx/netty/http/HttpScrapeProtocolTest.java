package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What an HTTP scrape may look like, and what it is answered: bytes over loopback sockets. */
@ParameterizedClass
@MethodSource("io.trakx.netty.http.TestServer#transports")
@ExtendWith(LeakGuard.class)
class HttpScrapeProtocolTest {
  private static final String RAW_PREFIX = "\u00ff\0%&+=".repeat(3);
  private static final Map<String, Object> ZEROS =
      Map.of("complete", 0L, "downloaded", 0L, "incomplete", 0L);

  private final TransportType transport;
  private final TestServer server;

  HttpScrapeProtocolTest(TransportType transport) throws IOException {
    this.transport = transport;
    server = TestServer.on(transport).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawResponse get(Object target) throws IOException {
    return server.get("127.0.0.1", target.toString());
  }

  private static Object files(RawResponse answer) {
    return answer.dictionary().getOrDefault("files", "no files");
  }

  @Test
  void figuresOfAKnownTorrentAreSeedersDownloadsAndLeechers() throws IOException {
    server.get("127.0.0.2", Announce.of(hash(1)).seeder().toString());
    server.get("127.0.0.3", Announce.of(hash(1)).toString());
    server.get("127.0.0.4", Announce.of(hash(1)).toString());
    server.get("127.0.0.4", Announce.of(hash(1)).with("event", "completed").toString());
    RawResponse answer = get("/scrape?info_hash=" + hash(1));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("content-type", "text/plain");
    assertThat(files(answer))
        .isEqualTo(
            Map.of(
                RAW_PREFIX + "\0\1", Map.of("complete", 2L, "downloaded", 1L, "incomplete", 1L)));
    assertThat(server.count(TrackerCounter.SCRAPES)).isEqualTo(1);
  }

  @Test
  void unknownTorrentsAreAnsweredWithZeros() throws IOException {
    assertThat(files(get("/scrape?info_hash=" + hash(7))))
        .isEqualTo(Map.of(RAW_PREFIX + "\0\7", ZEROS));
  }

  @Test
  void severalInfoHashesAreAnsweredInBytewiseOrder() throws IOException {
    RawResponse answer =
        get(
            "/scrape?info_hash=%s&info_hash=%s&info_hash=%s"
                .formatted(hash(0xff00), hash(1), hash(0x7f00)));
    assertThat(((Map<?, ?>) files(answer)).keySet().stream().map(Object::toString))
        .containsExactly(RAW_PREFIX + "\0\1", RAW_PREFIX + "\u007f\0", RAW_PREFIX + "\u00ff\0");
  }

  @Test
  void anInfoHashAskedForTwiceIsAnsweredOnce() throws IOException {
    RawResponse answer = get("/scrape?info_hash=%s&info_hash=%s".formatted(hash(1), hash(1)));
    assertThat(files(answer)).isEqualTo(Map.of(RAW_PREFIX + "\0\1", ZEROS));
  }

  @Test
  void infoHashesAboveTheLimitAreIgnored() throws IOException {
    StringBuilder many = new StringBuilder("/scrape?x=y");
    for (int tail = 0; tail < 80; tail++) {
      many.append("&info_hash=").append(hash(tail));
    }
    assertThat((Map<?, ?>) files(get(many))).hasSize(74);
    try (TestServer strict =
        TestServer.on(transport)
            .options(TestOptions.defaults().maxScrapeHashes(3).build())
            .start()) {
      assertThat((Map<?, ?>) files(strict.get("127.0.0.1", many.toString()))).hasSize(3);
    }
  }

  @Test
  void flagsSayHowLongToWait() throws IOException {
    assertThat(get("/scrape?info_hash=" + hash(1)).dictionary())
        .containsEntry("flags", Map.of("min_request_interval", 900L));
  }

  @Test
  void withoutAnyInfoHashIsAFailure() throws IOException {
    for (String target : List.of("/scrape", "/scrape?", "/scrape?a=b", "/scrape.php")) {
      RawResponse answer = get(target);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.string("failure reason")).contains("info_hash");
    }
    assertThat(server.count(TrackerCounter.SCRAPES_REFUSED)).isEqualTo(4);
  }

  @Test
  void aBrokenInfoHashIsAFailure() throws IOException {
    for (String hash : List.of("", "abc", "%00".repeat(19), "a".repeat(21))) {
      assertThat(get("/scrape?info_hash=" + hash).string("failure reason")).contains("info_hash");
    }
  }

  @Test
  void scrapeIsKnownByEveryNameOfItsPath() throws IOException {
    for (String path :
        List.of(
            "/scrape",
            "/scrape.php",
            "/scrape/passkey",
            "/scrape.php/passkey",
            "//scrape",
            "/scrape ",
            "http://tracker.example/scrape")) {
      assertThat(files(get(path + "?info_hash=" + hash(1)))).as(path).isInstanceOf(Map.class);
    }
  }

  @Test
  void headIsAnsweredByHeadersAlone() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("HEAD /scrape?info_hash=" + hash(1) + " HTTP/1.1\r\n\r\n");
      assertThat(client.readHead().status()).isEqualTo(200);
      client.send("POST /scrape?info_hash=" + hash(1) + " HTTP/1.1\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(405);
    }
    assertThat(server.count(TrackerCounter.SCRAPES)).isZero();
  }

  @Test
  void aFullScrapeIsStreamedWhereTheOperatorAllowsIt() throws IOException {
    try (TestServer generous =
            TestServer.on(transport).fullScrape(HttpScrapeProtocolTest::stream).start();
        RawClient client = generous.connect()) {
      client.send(
          "GET /scrape HTTP/1.1\r\nHost: t\r\nAccept-Encoding: gzip\r\n\r\n"
              + "GET /scrape?info_hash=%s HTTP/1.1\r\nHost: t\r\n\r\n".formatted(hash(1))
              + "GET /page HTTP/1.1\r\nConnection: close\r\n\r\n");
      String all = client.readAll();
      assertThat(all).contains("transfer-encoding: chunked").contains("gzip=true");
      assertThat(all.indexOf("gzip=true")).isLessThan(all.indexOf("d5:files"));
      assertThat(all).endsWith("GET /page");
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private static void stream(Channel channel, boolean gzip) {
    DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    channel.write(head);
    channel.write(
        new DefaultHttpContent(Unpooled.copiedBuffer("gzip=" + gzip, StandardCharsets.US_ASCII)));
    channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }
}
