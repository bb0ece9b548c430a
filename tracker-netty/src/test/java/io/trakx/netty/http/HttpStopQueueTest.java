package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.Tracker;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponder;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.protocol.ScrapeResponder;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How the server stops while connections wait to be accepted. Not with io_uring, which leaves no
 * way to ask who waits.
 */
@ParameterizedClass
@MethodSource("transports")
@ExtendWith(LeakGuard.class)
class HttpStopQueueTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String REQUEST =
      "GET " + Announce.of(hash(1)) + " HTTP/1.1\r\nHost: t\r\n\r\n";

  private final TransportType transport;

  HttpStopQueueTest(TransportType transport) {
    this.transport = transport;
  }

  static Stream<TransportType> transports() {
    return TestServer.transports().stream()
        .filter(transport -> transport != TransportType.IO_URING);
  }

  @Test
  void whoWaitsToBeAcceptedIsServedFirst() throws IOException {
    int moreThanATurnAccepts = 200;
    CountDownLatch goOn = new CountDownLatch(1);
    List<RawClient> clients = new ArrayList<>();
    try (TestServer busy =
        TestServer.on(transport).loops(1).tracker(real -> new BusyTracker(real, goOn)).start()) {
      for (int i = 0; i < moreThanATurnAccepts; i++) {
        clients.add(busy.connect().send(REQUEST.replace("Host: t", "Connection: close")));
      }
      CompletableFuture<Integer> stopped = busy.server.stop(LONG);
      goOn.countDown();
      for (RawClient client : clients) {
        assertThat(client.read().status()).isEqualTo(200);
      }
      assertThat(stopped.join()).isZero();
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  /** Keeps the event loop waiting until it may go on. */
  private record BusyTracker(Tracker real, CountDownLatch goOn) implements Tracker {
    @Override
    public void announce(
        AnnounceRequest request, AnnounceResponse response, AnnounceResponder responder) {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      real.announce(request, response, responder);
    }

    @Override
    public void scrape(Scrape scrape, ScrapeResponder responder) {
      real.scrape(scrape, responder);
    }

    @Override
    public boolean answersAtOnce() {
      return true;
    }
  }
}
