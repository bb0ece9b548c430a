package io.trakx.netty.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.trakx.core.Tracker;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponder;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.protocol.ScrapeResponder;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a tracker that fails leaves behind. */
class UdpWorkerTest {
  private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 4000);

  private final AtomicBoolean fails = new AtomicBoolean(true);

  private record Failing(Tracker real, AtomicBoolean fails) implements Tracker {
    @Override
    public void announce(
        AnnounceRequest request, AnnounceResponse response, AnnounceResponder responder) {
      failIfAsked();
      real.announce(request, response, responder);
    }

    @Override
    public void scrape(Scrape scrape, ScrapeResponder responder) {
      failIfAsked();
      real.scrape(scrape, responder);
    }

    private void failIfAsked() {
      if (fails.get()) {
        throw new IllegalStateException("as the test wants it");
      }
    }

    @Override
    public boolean answersAtOnce() {
      return true;
    }
  }

  @Test
  void otherRequestsAreAnsweredHoweverManyHaveFailed() {
    try (UdpWorkerFixture fixture =
        new UdpWorkerFixture(true, tracker -> new Failing(tracker, fails))) {
      long id = fixture.idFor(CLIENT);
      byte[] announce = new UdpAnnounce(id).bytes();
      byte[] scrape = UdpAnnounce.scrape(id, UdpAnnounce.hash(1));
      for (int i = 0; i < UdpWorker.MAX_EXCHANGES; i++) {
        byte[] request = i % 2 == 0 ? announce : scrape;
        assertThatIllegalStateException().isThrownBy(() -> fixture.ask(CLIENT, request));
      }
      fails.set(false);

      assertThat(fixture.ask(CLIENT, announce)).hasSize(1);
      assertThat(fixture.ask(CLIENT, scrape)).hasSize(1);
    }
  }
}
