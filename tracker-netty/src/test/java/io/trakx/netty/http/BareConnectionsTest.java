package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.trakx.core.AnnouncePolicy;
import io.trakx.core.InMemoryTracker;
import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.FreshConnection;
import io.trakx.netty.transport.ListenException;
import io.trakx.netty.transport.ListeningSockets;
import io.trakx.netty.transport.TcpOptions;
import io.trakx.netty.transport.TcpService;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which connections are kept without a channel, what gives them one, and how they end. */
@Timeout(60)
@ExtendWith(LeakGuard.class)
class BareConnectionsTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String ANNOUNCE = "GET " + Announce.of(hash(1)) + " HTTP/1.1\r\n\r\n";
  private static final String SCRAPE = "GET /scrape?info_hash=" + hash(1) + " HTTP/1.1\r\n\r\n";
  private static final String LAST = ANNOUNCE.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
  private static final int MANY_PEERS = 500;

  private final Counters counters = new Counters();
  private final AtomicInteger channels = new AtomicInteger();
  private final AtomicLong skippedNanos = new AtomicLong();

  @SuppressWarnings("NullAway.Init") // set before each test, as the others are
  private EventLoops loops;

  @SuppressWarnings("NullAway.Init")
  private HttpParts parts;

  @SuppressWarnings("NullAway.Init")
  private HttpWorker worker;

  @SuppressWarnings("NullAway.Init")
  private InetSocketAddress address;

  @BeforeEach
  void start() throws ListenException {
    start(TestOptions.defaults().maxPeers(MANY_PEERS).build());
  }

  private void start(HttpOptions options) throws ListenException {
    assumeTrue(TransportType.EPOLL.isAvailable(), "this machine has no epoll");
    stop();
    loops = new EventLoops(TransportType.EPOLL, 1, "test");
    parts =
        new HttpParts(
            options,
            new InMemoryTracker(
                new SwarmStore(new StoreLimits(1000, 1000, 1000), new Random(1)),
                new AnnouncePolicy(1800, 0, 900, 50, MANY_PEERS, 45),
                new AccessControl(AccessLists.OPEN),
                counters,
                () -> 0,
                new Random(2)),
            counters,
            TestPages::new,
            null,
            () -> System.nanoTime() + skippedNanos.get(),
            new OpenConnections(options));
    worker = new HttpWorker(loops.all().getFirst(), parts, Long.MAX_VALUE);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpService service = new HttpService(HttpListener.direct(any), _ -> worker);
    address =
        ListeningSockets.open(loops, TcpOptions.defaults(), List.of(new Counting(service)))
            .addresses()
            .getFirst();
  }

  @AfterEach
  void stop() {
    if (loops != null) {
      loops.close();
    }
  }

  /** Counts the channels that are opened. */
  private final class Counting implements TcpService {
    private final HttpService service;

    Counting(HttpService service) {
      this.service = service;
    }

    @Override
    public InetSocketAddress address() {
      return service.address();
    }

    @Override
    public Opener opener(EventLoop loop) {
      Opener opener = service.opener(loop);
      return new Opener() {
        @Override
        public boolean serve(FreshConnection connection) {
          return opener.serve(connection);
        }

        @Override
        public boolean open(Channel connection) {
          channels.incrementAndGet();
          return opener.open(connection);
        }

        @Override
        public void acceptFailed(Throwable cause) {
          opener.acceptFailed(cause);
        }
      };
    }
  }

  private RawClient connect() throws IOException {
    return new RawClient(address, InetAddress.getLoopbackAddress());
  }

  /** A connection that is kept without a channel. */
  private RawClient kept() throws IOException {
    RawClient client = connect();
    assertThat(client.send(ANNOUNCE).read().status()).isEqualTo(200);
    assertThat(channels).hasValue(0);
    return client;
  }

  private void assertNoneOpen() {
    TestServer.await("all closed", () -> parts.connections().count() == 0);
    assertThat(parts.connections().networks()).isZero();
    assertThat(worker.stop(LONG).join()).isZero();
  }

  @Test
  void announcesAndScrapesNeedNoChannel() throws IOException {
    try (RawClient client = kept()) {
      client.send(ANNOUNCE + SCRAPE + ANNOUNCE);
      assertThat(client.read().text()).contains("8:interval");
      assertThat(client.read().text()).contains("5:files");
      assertThat(client.read().text()).contains("8:interval");
      client.send("GET /announce?info_hash=x HTTP/1.1\r\n\r\n");
      assertThat(client.read().text()).contains("failure reason");
      assertThat(parts.connections().count()).isEqualTo(1);
    }
    assertThat(channels).hasValue(0);
    assertThat(counters.get(TrackerCounter.HTTP_CONNECTIONS)).isEqualTo(1);
    assertThat(counters.get(TrackerCounter.HTTP_REQUESTS)).isEqualTo(5);
    assertNoneOpen();
  }

  @Test
  void theLastAnswerEndsTheConnection() throws IOException {
    try (RawClient client = kept()) {
      assertThat(client.send(SCRAPE + LAST).readAll()).contains("5:files", "Connection: close");
    }
    assertThat(channels).hasValue(0);
    assertNoneOpen();
  }

  @Test
  void whatIsNoAnnounceOrScrapeGetsAChannelForGood() throws IOException {
    for (String request :
        List.of(
            "GET /page HTTP/1.1\r\n\r\n",
            "GET /later HTTP/1.1\r\n\r\n",
            "POST /announce HTTP/1.1\r\n\r\n")) {
      channels.set(0);
      try (RawClient client = kept()) {
        client.send(ANNOUNCE + request + ANNOUNCE);
        assertThat(client.read().text()).contains("8:interval");
        client.read();
        assertThat(client.read().text()).as(request).contains("8:interval");
        client.get(Announce.of(hash(1)).toString());
        assertThat(channels).as(request).hasValue(1);
      }
      TestServer.await("closed", () -> parts.connections().count() == 0);
    }
    assertThat(counters.get(TrackerCounter.HTTP_CONNECTIONS)).isEqualTo(3);
    assertNoneOpen();
  }

  @Test
  void whatIsRefusedGetsAChannel() throws IOException {
    for (String request :
        List.of(
            "nonsense\r\n\r\n",
            "GET /announce?" + "x".repeat(9000),
            "GET /announce HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
            LAST + ANNOUNCE)) {
      channels.set(0);
      try (RawClient client = kept()) {
        assertThat(client.send(request).readAll()).as(request).contains("Connection: close");
        assertThat(channels).as(request).hasValue(1);
      }
    }
    assertThat(counters.get(TrackerCounter.ANNOUNCES)).isEqualTo(5);
    assertNoneOpen();
  }

  @Test
  void aRequestInPiecesGetsAChannelAndItsTime() throws IOException {
    try (RawClient client = kept()) {
      client.send(ANNOUNCE + ANNOUNCE.substring(0, 30));
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.send(ANNOUNCE.substring(30)).read().status()).isEqualTo(200);
      assertThat(channels).hasValue(1);
      client.send("GET /ann");
      TestServer.await("timed out", this::skippedUntilTimeout);
      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
    }
    assertNoneOpen();
  }

  private boolean skippedUntilTimeout() {
    skippedNanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(10));
    return counters.get(TrackerCounter.HTTP_TIMEOUTS) == 1;
  }

  @Test
  void aClientThatClosesItsSideIsAnsweredFirst() throws IOException {
    try (RawClient client = kept()) {
      client.send(ANNOUNCE + ANNOUNCE);
      client.socket().shutdownOutput();
      assertThat(client.readAll().split("HTTP/1.1 200", -1)).hasSize(3);
    }
    assertNoneOpen();
  }

  @Test
  void theLastRequestMayComeWithTheEnd() throws Exception {
    try (RawClient client = kept()) {
      CountDownLatch goOn = new CountDownLatch(1);
      var _ = loops.all().getFirst().submit(() -> goOn.await(10, TimeUnit.SECONDS));
      client.send(LAST).socket().shutdownOutput();
      goOn.countDown();
      assertThat(client.readAll()).contains("Connection: close");
    }
    assertThat(channels).hasValue(0);
    assertNoneOpen();
  }

  @Test
  void answersThatTheSystemDoesNotTakeGetAChannel() throws IOException {
    try (RawClient client = connect()) {
      for (int port = 1; port <= MANY_PEERS; port++) {
        client.get(Announce.of(hash(1)).port(port).with("numwant", 0).toString());
      }
      String target = Announce.of(hash(1)).with("numwant", MANY_PEERS) + "&compact=0";
      String request = "GET " + target + " HTTP/1.1\r\n\r\n";
      assertThat(channels).hasValue(0);
      int sent = 0;
      for (; channels.get() == 0; sent++) {
        long before = counters.get(TrackerCounter.HTTP_REQUESTS);
        client.send(request);
        TestServer.await("taken", () -> counters.get(TrackerCounter.HTTP_REQUESTS) > before);
      }
      client.send(request.repeat(100));
      for (int i = 0; i < sent + 100; i++) {
        assertThat(client.read().text()).endsWith("ee");
      }
    }
    assertNoneOpen();
  }

  @Test
  void aConnectionCarriesNoMoreRequestsThanAllowedWhicheverWay() throws IOException {
    start(TestOptions.defaults().requestsPerConnection(3).build());
    try (RawClient client = kept()) {
      assertThat(client.send(ANNOUNCE).read().headers()).doesNotContainKey("connection");
      assertThat(client.send(ANNOUNCE).readAll()).contains("Connection: close");
    }
    assertThat(channels).hasValue(0);
    try (RawClient client = kept()) {
      assertThat(client.get("/page").headers()).doesNotContainKey("connection");
      assertThat(client.send(ANNOUNCE).readAll()).contains("Connection: close");
    }
    assertThat(counters.get(TrackerCounter.LIMITED_CONNECTION_REQUESTS)).isEqualTo(2);
    assertNoneOpen();
  }

  @Test
  void connectionsAreLimitedByAddressWhicheverWay() throws IOException {
    start(TestOptions.defaults().connectionsPerAddress(1).build());
    for (String second : List.of(ANNOUNCE, "GET /page HTTP/1.1\r\n\r\n")) {
      channels.set(0);
      try (RawClient first = kept();
          RawClient refused = connect()) {
        first.send(second).read();
        assertThat(refused.send(ANNOUNCE).closedByServer()).isTrue();
        assertThat(parts.connections().count()).isEqualTo(1);
      }
      TestServer.await("closed", () -> parts.connections().count() == 0);
    }
    assertThat(counters.get(TrackerCounter.LIMITED_CONNECTIONS)).isEqualTo(2);
    assertNoneOpen();
  }

  @Test
  void aSilentConnectionIsClosedInTime() throws IOException {
    try (RawClient client = kept()) {
      skippedNanos.addAndGet(TimeUnit.SECONDS.toNanos(50));
      assertThat(client.send(ANNOUNCE).read().status()).isEqualTo(200);
      skippedNanos.addAndGet(TimeUnit.SECONDS.toNanos(50));
      assertThat(client.send(ANNOUNCE).read().status()).isEqualTo(200);
      assertThat(counters.get(TrackerCounter.HTTP_TIMEOUTS)).isZero();
      skippedNanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
      assertThat(client.readAll()).isEmpty();
      assertThat(counters.get(TrackerCounter.HTTP_TIMEOUTS)).isEqualTo(1);
    }
    assertThat(channels).hasValue(0);
    assertNoneOpen();
  }

  @Test
  void stoppingClosesIdleConnections() throws IOException {
    try (RawClient client = kept();
        RawClient halfway = kept()) {
      halfway.send(ANNOUNCE.substring(0, 30));
      TestServer.await("a channel", () -> channels.get() == 1);
      var stopped = worker.stop(LONG);
      assertThat(client.closedByServer()).isTrue();
      assertThat(stopped).isNotDone();
      assertThat(halfway.send(ANNOUNCE.substring(30)).readAll()).contains("Connection: close");
      assertThat(stopped.join()).isZero();
    }
    assertNoneOpen();
  }

  @Test
  void theEndOfTheEventLoopClosesConnections() throws IOException {
    try (RawClient client = kept()) {
      loops.close();
      assertThat(client.closedByServer()).isTrue();
      assertThat(parts.connections().count()).isZero();
    }
  }

  @Test
  void noDescriptorIsLeftBehind() throws IOException {
    try (RawClient first = kept()) {
      long before = descriptors();
      for (int i = 0; i < 20; i++) {
        try (RawClient kept = connect();
            RawClient once = connect();
            RawClient page = connect();
            RawClient reset = connect()) {
          kept.send(ANNOUNCE).read();
          once.send(LAST).readAll();
          page.send(ANNOUNCE).read();
          page.get("/page");
          reset.send(ANNOUNCE).read();
          reset.socket().setSoLinger(true, 0);
        }
      }
      TestServer.await("all closed", () -> parts.connections().count() == 1);
      TestServer.await("as many as before", () -> descriptors() <= before);
      assertThat(first.send(ANNOUNCE).read().status()).isEqualTo(200);
    }
    assertNoneOpen();
  }

  private static long descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
