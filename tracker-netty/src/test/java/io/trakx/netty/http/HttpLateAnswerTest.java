package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.Tracker;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LateTracker;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A tracker that answers after the call has returned, and from another thread. */
@ParameterizedClass
@MethodSource("io.trakx.netty.http.TestServer#transports")
@ExtendWith(LeakGuard.class)
class HttpLateAnswerTest {
  private final List<LateTracker> trackers = new ArrayList<>();
  private final TestServer server;
  private final LateTracker tracker;

  HttpLateAnswerTest(TransportType transport) throws IOException {
    server = TestServer.on(transport).loops(1).tracker(this::late).start();
    tracker = trackers.getFirst();
  }

  private Tracker late(Tracker real) {
    trackers.add(new LateTracker(real));
    return trackers.getFirst();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String announce(int tail) {
    return "GET " + Announce.of(hash(tail)) + " HTTP/1.1\r\n\r\n";
  }

  @Test
  void anAnswerMayComeLater() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(announce(1));
      tracker.answer();
      assertThat(client.read().number("incomplete")).isEqualTo(1);
      client.send("GET /scrape?info_hash=" + hash(1) + " HTTP/1.1\r\n\r\n");
      tracker.answer();
      assertThat(client.read().text()).contains("10:incompletei1e");
    }
  }

  @Test
  void decodingRestsAndAnswersKeepTheOrderOfRequests() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(
          announce(1)
              + "GET /page HTTP/1.1\r\n\r\n"
              + announce(2)
              + "GET /scrape?info_hash=%s HTTP/1.1\r\n\r\n".formatted(hash(3))
              + "GET /announce HTTP/1.1\r\n\r\n");
      Runnable first = tracker.take();
      assertThat(tracker.waiting()).isZero();
      first.run();
      assertThat(client.read().has("peers")).isTrue();
      assertThat(client.read().text()).isEqualTo("GET /page");
      tracker.answer();
      assertThat(client.read().has("peers")).isTrue();
      tracker.answer();
      assertThat(client.read().has("files")).isTrue();
      assertThat(client.read().has("failure reason")).isTrue();
    }
  }

  @Test
  void questionsOfSeveralConnectionsDoNotShareTheirRequests() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    List<Runnable> questions = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      RawClient client = server.connectFrom("127.0.0." + (i + 2));
      clients.add(client);
      client.send("GET " + Announce.of(hash(i)).port(1000 + i).seeder() + " HTTP/1.1\r\n\r\n");
      questions.add(tracker.take());
    }
    for (int i = 9; i >= 0; i--) {
      questions.get(i).run();
      try (RawClient client = clients.get(i)) {
        assertThat(client.read().string("external ip"))
            .isEqualTo(Announce.compact("127.0.0." + (i + 2), 0).substring(0, 4));
      }
    }
    for (int i = 0; i < 10; i++) {
      try (RawClient client = server.connectFrom("127.0.0.99")) {
        client.send("GET " + Announce.of(hash(i)) + " HTTP/1.1\r\n\r\n");
        tracker.answer();
        assertThat(client.read().string("peers"))
            .isEqualTo(Announce.compact("127.0.0." + (i + 2), 1000 + i));
      }
    }
  }

  @Test
  void anAnswerForAConnectionThatIsGoneIsDropped() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(announce(1));
      Runnable question = tracker.take();
      client.socket().setSoLinger(true, 0);
      client.socket().close();
      server.skip(Duration.ofSeconds(30));
      TestServer.await("closed", () -> server.server.connections() == 0);
      question.run();
    }
    try (RawClient client = server.connect()) {
      client.send(announce(2));
      tracker.answer();
      assertThat(client.read().number("incomplete")).isEqualTo(1);
    }
  }

  @Test
  void aClientThatClosedItsSideStillGetsItsAnswer() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(announce(1));
      Runnable question = tracker.take();
      client.socket().shutdownOutput();
      question.run();
      assertThat(client.readAll()).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void anAnswerThatDoesNotComeInTimeClosesTheConnection() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(announce(1));
      Runnable question = tracker.take();
      server.skip(Duration.ofSeconds(30));
      assertThat(client.readAll()).isEmpty();
      assertThat(server.count(TrackerCounter.HTTP_UNANSWERED)).isEqualTo(1);
      question.run();
    }
  }
}
