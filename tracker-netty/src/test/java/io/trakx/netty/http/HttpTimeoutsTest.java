package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that keep the server waiting, with a clock that the test moves. */
@ParameterizedClass
@MethodSource("io.trakx.netty.http.TestServer#transports")
@ExtendWith(LeakGuard.class)
class HttpTimeoutsTest {
  private static final String REQUEST =
      "GET " + Announce.of(hash(1)) + " HTTP/1.1\r\nHost: t\r\n\r\n";

  private final TestServer server;

  HttpTimeoutsTest(TransportType transport) throws IOException {
    server = TestServer.on(transport).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void assertTimeouts(int expected) {
    assertThat(server.count(TrackerCounter.HTTP_TIMEOUTS)).isEqualTo(expected);
  }

  @Test
  void aRequestDrippingInIsCutOffHoweverOftenABytesComes() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("GET /announce?");
      TestServer.await("open", () -> server.server.connections() == 1);
      for (int seconds = 0; seconds < 9; seconds++) {
        server.skip(Duration.ofSeconds(1));
        client.send("x");
      }
      assertTimeouts(0);
      server.skip(Duration.ofSeconds(2));
      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
      assertTimeouts(1);
    }
  }

  @Test
  void aSecondRequestDrippingInIsCutOffToo() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(REQUEST + "GET /ann");
      assertThat(client.read().status()).isEqualTo(200);
      server.skip(Duration.ofSeconds(11));
      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void aConnectionWithoutAnyRequestIsClosed() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("\r\n");
      TestServer.await("open", () -> server.server.connections() == 1);
      server.skip(Duration.ofSeconds(11));
      client.readAll();
      assertTimeouts(1);
    }
  }

  @Test
  void theFirstConnectionAfterALongSilenceHasAllItsTime() throws IOException {
    server.skip(Duration.ofMinutes(5));
    try (RawClient client = server.connect()) {
      client.send(REQUEST);
      client.read();
      long end = System.nanoTime() + Duration.ofMillis(100).toNanos();
      while (System.nanoTime() < end) {
        client.send(REQUEST);
        client.read();
      }
      assertTimeouts(0);
    }
  }

  @Test
  void anIdleConnectionIsClosedLaterThanASlowRequest() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(REQUEST);
      client.read();
      server.skip(Duration.ofSeconds(50));
      client.send(REQUEST);
      client.read();
      server.skip(Duration.ofSeconds(50));
      client.send(REQUEST);
      client.read();
      assertTimeouts(0);
      server.skip(Duration.ofSeconds(61));
      assertThat(client.readAll()).isEmpty();
      assertTimeouts(1);
    }
  }

  @Test
  void aClientThatTakesNothingOfItsAnswersIsCutOff() throws IOException {
    try (RawClient client = server.connect()) {
      client.socket().setReceiveBufferSize(4096);
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        client.send(REQUEST.repeat(100));
                      }
                    } catch (IOException e) {
                      // The server has cut the connection, as it should.
                    }
                  });
      TestServer.await(
          "cut off",
          () -> {
            server.skip(Duration.ofSeconds(1));
            return server.count(TrackerCounter.HTTP_TIMEOUTS) == 1;
          });
      // If it was cut off as it asked, it still has to be for what it does not take.
      TestServer.await(
          "closed",
          () -> {
            server.skip(Duration.ofSeconds(1));
            return server.server.connections() == 0 && !sender.isAlive();
          });
    }
  }

  @Test
  void aPageThatIsNeverAnsweredIsGivenUp() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("GET /never HTTP/1.1\r\n\r\n");
      TestServer.await("asked", () -> server.count(TrackerCounter.HTTP_REQUESTS) == 1);
      server.skip(Duration.ofSeconds(11));
      assertThat(client.readAll()).isEmpty();
      assertThat(server.count(TrackerCounter.HTTP_UNANSWERED)).isEqualTo(1);
    }
  }

  @Test
  void aRefusedClientThatNeverClosesIsClosed() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("nonsense\r\n\r\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 400 ");
      assertThat(server.server.connections()).isEqualTo(1);
      server.skip(Duration.ofSeconds(3));
      TestServer.await("closed", () -> server.server.connections() == 0);
    }
  }
}
