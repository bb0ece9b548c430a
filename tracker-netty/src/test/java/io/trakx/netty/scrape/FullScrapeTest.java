package io.trakx.netty.scrape;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.trakx.core.AnnouncePolicy;
import io.trakx.core.InMemoryTracker;
import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.access.InfoHashList;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.http.HttpListener;
import io.trakx.netty.http.HttpOptions;
import io.trakx.netty.http.HttpServer;
import io.trakx.netty.testing.Bencode;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.TcpOptions;
import io.trakx.netty.transport.TransportType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakGuard.class)
class FullScrapeTest {
  private static final int TORRENTS = 5_000;
  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  private final SwarmStore store =
      new SwarmStore(new StoreLimits(100_000, 100_000, 1000), new Random(1));
  private final AccessControl access = new AccessControl(AccessLists.OPEN);
  private final Counters counters = new Counters();
  private final AtomicLong nowNanos = new AtomicLong();
  private final AtomicLong skippedNanos = new AtomicLong();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final ExecutorService reader = Executors.newSingleThreadExecutor();
  private final EventLoops loops = new EventLoops(TransportType.AUTO, 1, "test");
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path directory;
  private HttpServer server;
  private URI scrape;

  @BeforeEach
  void start() throws IOException {
    FullScrapeCache cache =
        new FullScrapeCache(
            store,
            access,
            new FullScrapeCache.Options(MAX_AGE, Duration.ofMinutes(30)),
            directory.resolve("made/when/missing"),
            executor,
            nowNanos::get);
    AnnouncePolicy policy = new AnnouncePolicy(1800, 0, 900, 50, 200, 45);
    server =
        new HttpServer(
            loops,
            TcpOptions.defaults(),
            options(),
            new InMemoryTracker(store, policy, access, counters, () -> 0, new Random(2)),
            counters,
            ChannelInboundHandlerAdapter::new,
            new FileFullScrape(cache, counters, reader),
            () -> System.nanoTime() + skippedNanos.get());
    InetSocketAddress address =
        server
            .start(
                List.of(
                    HttpListener.direct(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))))
            .get(0);
    scrape = URI.create("http://127.0.0.1:" + address.getPort() + "/scrape");
  }

  @AfterEach
  void stop() {
    client.shutdownNow(); // closing would wait for what a test that failed left unanswered
    server.stop(Duration.ZERO).join();
    loops.close();
    executor.close();
    reader.close();
  }

  /** The defaults, but that timeouts are looked at often. */
  private static HttpOptions options() {
    HttpOptions defaults = HttpOptions.defaults(200);
    return new HttpOptions(
        defaults.maxRequestBytes(),
        REQUEST_TIMEOUT,
        defaults.keepAlive(),
        defaults.keepAliveTimeout(),
        defaults.writeTimeout(),
        defaults.maxConnections(),
        defaults.connectionsPerAddress(),
        defaults.requestsPerConnection(),
        defaults.trustStatedIp(),
        defaults.maxPeers(),
        defaults.maxScrapeHashes(),
        defaults.scrapeMinInterval(),
        defaults.maxUnsentBytes(),
        Duration.ofMillis(10));
  }

  @Test
  void listsEveryTorrentSortedWithItsFigures() throws Exception {
    announceMany();

    HttpResponse<byte[]> response = get();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain");
    assertThat(response.headers().firstValueAsLong("Content-Length"))
        .hasValue(response.body().length);
    Map<String, Object> files = files(response.body());
    assertThat(files).hasSize(TORRENTS);
    assertThat(files.get(new String(infoHash(7), ISO_8859_1)))
        .isEqualTo(Map.of("complete", 1L, "downloaded", 0L, "incomplete", 0L));
    assertThat(counters.get(TrackerCounter.SCRAPES_FULL)).isEqualTo(1);
  }

  @Test
  void comesCompressedToWhoAcceptsGzip() throws Exception {
    announceMany();

    HttpResponse<byte[]> response = get("Accept-Encoding", "gzip, deflate");

    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    byte[] body = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
    assertThat(files(body)).hasSize(TORRENTS);
  }

  @Test
  void ofAnEmptyTrackerIsEmpty() throws Exception {
    assertThat(files(get().body())).isEmpty();
  }

  @Test
  void isMadeAnewOnlyWhenTooOld() throws Exception {
    announce(1);
    assertThat(files(get().body())).hasSize(1);

    announce(2);
    nowNanos.addAndGet(MAX_AGE.toNanos());
    assertThat(files(get().body())).as("not old enough").hasSize(1);
    nowNanos.addAndGet(1);
    assertThat(files(get().body())).hasSize(2);
  }

  @Test
  void leavesDeniedTorrentsOut() throws Exception {
    announce(1);
    announce(2);
    String denied = HexFormat.of().formatHex(infoHash(1));
    access.replace(new AccessLists(InfoHashList.parse(List.of(denied)), null));

    assertThat(files(get().body())).containsOnlyKeys(new String(infoHash(2), ISO_8859_1));
  }

  @Test
  void alternatesWithScrapesOfOneTorrentOnOneConnection() throws Exception {
    announce(1);
    StringBuilder escaped = new StringBuilder();
    for (byte b : infoHash(1)) {
      escaped.append("%%%02x".formatted(b));
    }

    for (int round = 0; round < 3; round++) {
      assertThat(files(get().body())).hasSize(1);
      URI one = URI.create(scrape + "?info_hash=" + escaped);
      HttpRequest request = HttpRequest.newBuilder(one).build();
      assertThat(files(client.send(request, BodyHandlers.ofByteArray()).body())).hasSize(1);
    }
    assertThat(counters.get(TrackerCounter.HTTP_CONNECTIONS)).isEqualTo(1);
  }

  @Test
  void isUnavailableAsLongAsItCannotBeWritten() throws Exception {
    Path inTheWay = directory.resolve("made");
    Files.createFile(inTheWay);
    assertThat(get().statusCode()).isEqualTo(503);

    Files.delete(inTheWay);
    assertThat(get().statusCode()).isEqualTo(200);
  }

  @Test
  void comesHoweverLongItTakesToMake() throws Exception {
    CountDownLatch made = new CountDownLatch(1);
    executor.execute(() -> awaitQuietly(made));
    announce(1);

    CompletableFuture<HttpResponse<byte[]>> waiting = ask();
    for (int times = 0; times < 3; times++) {
      awaitARequestTimeout();
    }
    made.countDown();

    assertThat(files(waiting.get(20, TimeUnit.SECONDS).body())).hasSize(1);
    assertThat(counters.get(TrackerCounter.HTTP_UNANSWERED)).isZero();
  }

  /** Has the server look after its timeouts: a request begun before this has been cut off after. */
  private void awaitARequestTimeout() throws IOException {
    try (Socket slow = new Socket(scrape.getHost(), scrape.getPort())) {
      slow.getOutputStream().write("GET /ann".getBytes(ISO_8859_1));
      long before = counters.get(TrackerCounter.HTTP_TIMEOUTS);
      while (counters.get(TrackerCounter.HTTP_TIMEOUTS) == before) {
        skippedNanos.addAndGet(REQUEST_TIMEOUT.toNanos());
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void othersAreServedWhileTheDiskIsWaitedFor() throws Exception {
    announce(1);
    get();
    // Whoever opens a pipe waits for somebody at its other end: so does this test for the server.
    Path plain = directory.resolve("made/when/missing/full-scrape.bencode");
    Files.delete(plain);
    assertThat(new ProcessBuilder("mkfifo", plain.toString()).start().waitFor()).isZero();

    CompletableFuture<HttpResponse<byte[]>> waiting = ask();
    URI other = URI.create(scrape + "?info_hash=" + "a".repeat(20));
    HttpRequest request = HttpRequest.newBuilder(other).timeout(Duration.ofSeconds(10)).build();
    try {
      assertThat(client.send(request, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(200);
      assertThat(waiting).isNotDone();
    } finally {
      CompletableFuture.runAsync(() -> openAndClose(plain), Thread::startVirtualThread)
          .get(20, TimeUnit.SECONDS);
    }
    assertThat(waiting.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  private static void openAndClose(Path pipe) {
    try {
      FileChannel.open(pipe, StandardOpenOption.WRITE).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CompletableFuture<HttpResponse<byte[]>> ask() {
    long before = counters.get(TrackerCounter.HTTP_REQUESTS);
    CompletableFuture<HttpResponse<byte[]>> asked =
        client.sendAsync(HttpRequest.newBuilder(scrape).build(), BodyHandlers.ofByteArray());
    while (counters.get(TrackerCounter.HTTP_REQUESTS) == before) {
      Thread.onSpinWait();
    }
    return asked;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> get(String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(scrape);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  @SuppressWarnings("unchecked") // what is wrong fails the test
  private static Map<String, Object> files(byte[] body) {
    return (Map<String, Object>)
        requireNonNull(Bencode.readDictionary(body).get("files"), "no files");
  }

  private void announceMany() {
    for (int i = 0; i < TORRENTS; i++) {
      announce(i);
    }
  }

  private void announce(int torrent) {
    AnnounceRequest request = new AnnounceRequest();
    request.infoHash().read(infoHash(torrent), 0);
    request.address().ipv4(0x0a000001);
    request.address().port(6881);
    request.left(0);
    store.announce(request, 0, 0, new AnnounceResponse(0));
  }

  private static byte[] infoHash(int torrent) {
    byte[] infoHash = new byte[20];
    new Random(torrent).nextBytes(infoHash);
    return infoHash;
  }
}
