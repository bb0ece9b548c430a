package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trakx.core.Tracker;
import io.trakx.netty.testing.LateTracker;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** How the server stops: what is in flight is answered, within a bounded time. */
@ParameterizedClass
@MethodSource("io.trakx.netty.http.TestServer#transports")
@ExtendWith(LeakGuard.class)
class HttpStopTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String REQUEST =
      "GET " + Announce.of(hash(1)) + " HTTP/1.1\r\nHost: t\r\n\r\n";

  /** Answered at once, without a question to the tracker. */
  private static final String REFUSED = "GET /announce HTTP/1.1\r\n\r\n";

  private final List<LateTracker> trackers = new ArrayList<>();
  private final TestServer server;
  private final TestServer late;

  HttpStopTest(TransportType transport) throws IOException {
    server = TestServer.on(transport).start();
    late = TestServer.on(transport).loops(1).tracker(this::late).start();
  }

  private Tracker late(Tracker real) {
    trackers.add(new LateTracker(real));
    return trackers.getFirst();
  }

  @AfterEach
  void stop() {
    server.close();
    late.close();
  }

  @Test
  void anIdleServerStopsAtOnceAndListensNoMore() {
    assertThat(server.server.stop(LONG).join()).isZero();
    assertThatThrownBy(server::connect).isInstanceOf(ConnectException.class);
  }

  @Test
  void idleConnectionsAreClosedAtOnce() throws IOException {
    try (RawClient first = server.connect();
        RawClient second = server.connectFrom("::1")) {
      first.send(REQUEST).read();
      second.send(REQUEST).read();
      assertThat(server.server.stop(LONG).join()).isZero();
      assertThat(first.closedByServer()).isTrue();
      assertThat(second.closedByServer()).isTrue();
    }
  }

  @Test
  void anAnswerInFlightIsDeliveredAndSaysClose() throws IOException {
    try (RawClient idle = late.connect();
        RawClient client = late.connect()) {
      idle.send(REFUSED).read();
      client.send(REQUEST);
      Runnable question = trackers.getFirst().take();
      CompletableFuture<Integer> stopped = late.server.stop(LONG);
      assertThat(idle.closedByServer()).isTrue();
      assertThat(stopped).isNotDone();
      question.run();
      assertThat(client.read().headers()).containsEntry("connection", "close");
      assertThat(client.closedByServer()).isTrue();
      assertThat(stopped.join()).isZero();
    }
  }

  @Test
  void aRequestHalfReceivedMayBeCompleted() throws IOException {
    try (RawClient idle = late.connect();
        RawClient halfway = late.connect()) {
      assertThat(idle.send(REFUSED).read().headers()).doesNotContainKey("connection");
      assertThat(halfway.send(REFUSED + "GET /ann").read().status()).isEqualTo(200);
      CompletableFuture<Integer> stopped = late.server.stop(LONG);
      assertThat(idle.closedByServer()).isTrue();
      halfway.send("ounce HTTP/1.1\r\n\r\n");
      assertThat(halfway.read().headers()).containsEntry("connection", "close");
      assertThat(halfway.closedByServer()).isTrue();
      assertThat(stopped.join()).isZero();
    }
  }

  @Test
  void whatIsNotDoneWithinTheGraceIsCutAndCounted() throws IOException {
    try (RawClient asking = late.connect();
        RawClient sending = late.connect()) {
      asking.send(REQUEST);
      Runnable question = trackers.getFirst().take();
      sending.send(REQUEST.substring(0, 50));
      TestServer.await("accepted", () -> late.server.connections() == 2);
      assertThat(late.server.stop(Duration.ofMillis(50)).join()).isBetween(1, 2);
      assertThat(asking.closedByServer()).isTrue();
      assertThat(sending.closedByServer()).isTrue();
      question.run();
    }
  }
}
