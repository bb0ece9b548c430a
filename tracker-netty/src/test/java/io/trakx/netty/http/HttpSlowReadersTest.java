package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that ask for more than the system takes for them, and read nothing. */
@ParameterizedClass
@MethodSource("io.trakx.netty.http.TestServer#transports")
@ExtendWith(LeakGuard.class)
class HttpSlowReadersTest {
  /** What waits for one of them: a page that no socket takes whole. */
  private static final int PAGE_BYTES = TestPages.LARGE_BYTES;

  private final TestServer server;

  HttpSlowReadersTest(TransportType transport) throws IOException {
    server =
        TestServer.on(transport)
            .loops(1)
            .options(TestOptions.defaults().maxUnsentBytes(PAGE_BYTES * 11L / 4).build())
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A client that has asked for a large page, which the server has begun to send. */
  private RawClient asking() throws IOException {
    long before = server.count(TrackerCounter.HTTP_REQUESTS);
    RawClient client = server.connect();
    client.send("GET /large HTTP/1.1\r\nHost: t\r\n\r\n");
    TestServer.await("asked", () -> server.count(TrackerCounter.HTTP_REQUESTS) > before);
    return client;
  }

  private void assertOthersAreServed() throws IOException {
    try (RawClient other = server.connect()) {
      assertThat(other.get(Announce.of(hash(1)).toString()).status()).isEqualTo(200);
    }
  }

  private static void assertReset(RawClient client) {
    assertThatThrownBy(client::readAll).isInstanceOf(SocketException.class);
  }

  @Test
  void whoTakesNothingOfAPageIsCutOffAfterTheWriteTimeout() throws IOException {
    try (RawClient client = asking()) {
      assertOthersAreServed();
      // Longer than a page may be waited for, which this is not.
      server.skip(Duration.ofSeconds(15));
      assertOthersAreServed();
      assertThat(server.count(TrackerCounter.HTTP_TIMEOUTS)).isZero();

      TestServer.await(
          "cut off",
          () -> {
            server.skip(Duration.ofMillis(100));
            return server.count(TrackerCounter.HTTP_TIMEOUTS) > 0;
          });
      TestServer.await("closed", () -> server.server.connections() == 0);
      assertReset(client);
    }
    assertThat(server.count(TrackerCounter.HTTP_UNANSWERED)).isZero();
  }

  @Test
  void whoTakesSomethingEachTimeGetsAllOfIt() throws IOException {
    try (RawClient client = asking()) {
      // So that what it reads was not here all the time.
      client.socket().setReceiveBufferSize(256 << 10);
      for (int part = 0; part < 4; part++) {
        server.skip(Duration.ofSeconds(15));
        client.skip(PAGE_BYTES / 5);
      }
      client.skip(PAGE_BYTES / 5);
      assertThat(server.server.connections()).isEqualTo(1);
    }
    assertThat(server.count(TrackerCounter.HTTP_TIMEOUTS)).isZero();
  }

  /** Whether the client gets all of the page, and not only what the system had taken for it. */
  private static boolean getsItsPage(RawClient client) throws IOException {
    try {
      client.skip(PAGE_BYTES);
      return true;
    } catch (SocketException e) {
      return false;
    }
  }

  // Which of the two it is depends on when their systems acknowledge what they hold; the order is
  // UnsentBytesTest's.
  @Test
  void whenTooMuchWaitsOneThatAskedEarlierIsCutOff() throws IOException {
    try (RawClient first = asking();
        RawClient second = asking();
        RawClient third = asking()) {
      TestServer.await("closed", () -> server.server.connections() == 2);
      assertThat(server.count(TrackerCounter.HTTP_SHED)).isEqualTo(1);
      assertOthersAreServed();
      assertThat(List.of(getsItsPage(first), getsItsPage(second)))
          .containsExactlyInAnyOrder(true, false);
      assertThat(getsItsPage(third)).isTrue();
      try (RawClient fourth = asking()) {
        fourth.skip(PAGE_BYTES);
      }
    }
    TestServer.await("closed", () -> server.server.connections() == 0);
    assertThat(server.count(TrackerCounter.HTTP_SHED)).isEqualTo(1);
    assertThat(server.count(TrackerCounter.HTTP_TIMEOUTS)).isZero();
  }
}
