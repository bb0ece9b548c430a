package io.trakx.netty.udp;

import static io.trakx.netty.udp.UdpAnnounce.answer;
import static io.trakx.netty.udp.UdpAnnounce.hash;
import static io.trakx.netty.udp.UdpAnnounce.scrape;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.Tracker;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LateTracker;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A tracker that answers after the call has returned, and from another thread. */
@ParameterizedClass
@MethodSource("io.trakx.netty.udp.TestUdpServer#transports")
@ExtendWith(LeakGuard.class)
class UdpLateAnswerTest {
  private final List<LateTracker> trackers = new ArrayList<>();
  private final TestUdpServer server;
  private final LateTracker tracker;

  UdpLateAnswerTest(TransportType transport) throws IOException {
    server = TestUdpServer.on(transport).tracker(this::late).start();
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

  @Test
  void answersGoToWhoAskedInAnyOrder() throws IOException {
    List<UdpClient> clients = new ArrayList<>();
    List<Runnable> questions = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      UdpClient client = server.client("127.0.0." + (i + 1));
      clients.add(client);
      long id = client.connect();
      client.send(
          i % 2 == 0
              ? new UdpAnnounce(id).infoHash(hash(i)).bytes()
              : scrape(id, hash(i), hash(i - 1)));
      questions.add(tracker.take());
    }
    for (int i : new int[] {8, 6, 4, 2, 0, 1, 3, 5, 7, 9}) {
      questions.get(i).run();
      try (UdpClient client = clients.get(i)) {
        byte[] bytes = client.receive();
        if (i % 2 == 0) {
          assertThat(answer(bytes, 6).leechers()).isEqualTo(1);
        } else {
          assertThat(bytes).hasSize(8 + 2 * 12);
          assertThat(bytes[bytes.length - 1]).isEqualTo((byte) 1);
        }
      }
    }
  }

  @Test
  void questionsUnderWayAreBounded() throws IOException {
    try (UdpClient client = server.client("127.0.0.1")) {
      byte[] announce = new UdpAnnounce(client.connect()).bytes();
      List<Runnable> questions = new ArrayList<>();
      for (int i = 0; i < UdpWorker.MAX_EXCHANGES; i++) {
        client.send(announce);
        questions.add(tracker.take());
      }
      client.assertSilenceFor(announce);
      assertThat(server.count(TrackerCounter.UDP_OVERLOADED)).isEqualTo(1);
      questions.getFirst().run();
      client.receive();
      client.send(announce);
      tracker.take();
    }
  }

  @Test
  void anAnswerAfterTheStopIsDropped() throws IOException {
    try (UdpClient client = server.client("127.0.0.1")) {
      client.send(new UdpAnnounce(client.connect()).bytes());
      Runnable question = tracker.take();
      server.stop();
      question.run();
    }
  }
}
