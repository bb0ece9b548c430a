package io.trakx.netty.http;

import static io.trakx.netty.http.Announce.hash;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.stats.ClientSoftware;
import io.trakx.core.stats.Protocol;
import io.trakx.core.stats.RequestAction;
import io.trakx.core.stats.RequestMeter;
import io.trakx.core.stats.RequestOutcome;
import io.trakx.core.stats.RequestStats;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is counted of requests: with a channel, and on epoll without one. */
@ExtendWith(LeakGuard.class)
class HttpRequestCountsTest {
  private final TestServer server = TestServer.on(TransportType.AUTO).start();
  private final RequestStats requests = server.counters.requests();

  HttpRequestCountsTest() throws IOException {}

  @AfterEach
  void stop() {
    server.close();
  }

  private long count(RequestAction action, AddressFamily family, RequestOutcome outcome) {
    return requests.requests(Protocol.HTTP, action, family, outcome);
  }

  @Test
  void announcesAreCountedByFamilyAndClient() throws IOException {
    server.get("127.0.0.1", Announce.of(hash(1)).toString());
    server.get("::1", Announce.of(hash(1)).with("peer_id", "-qB5030-abcdefghijkl").toString());
    try (RawClient client = server.connect()) {
      client.get(Announce.of(hash(1)).toString());
    }

    assertThat(count(RequestAction.ANNOUNCE, AddressFamily.IPV4, RequestOutcome.ANSWERED))
        .isEqualTo(2);
    assertThat(count(RequestAction.ANNOUNCE, AddressFamily.IPV6, RequestOutcome.ANSWERED))
        .isEqualTo(1);
    assertThat(requests.announces(ClientSoftware.TRANSMISSION)).isEqualTo(2);
    assertThat(requests.announces(ClientSoftware.QBITTORRENT)).isEqualTo(1);
  }

  @Test
  void refusalsAreCountedByReason() throws IOException {
    server.get("127.0.0.1", Announce.of(hash(1)).port(0).toString());
    server.get("127.0.0.1", "/scrape");

    assertThat(count(RequestAction.ANNOUNCE, AddressFamily.IPV4, RequestOutcome.REFUSED))
        .isEqualTo(1);
    assertThat(count(RequestAction.SCRAPE, AddressFamily.IPV4, RequestOutcome.REFUSED))
        .isEqualTo(1);
    assertThat(requests.refusals(Protocol.HTTP, FailureReason.INVALID_PORT)).isEqualTo(1);
    assertThat(requests.refusals(Protocol.HTTP, FailureReason.FULL_SCRAPE_DISABLED)).isEqualTo(1);
  }

  @Test
  void someRequestsAreTimed() throws IOException {
    try (RawClient client = server.connect()) {
      for (int i = 0; i < RequestMeter.TIMED_ONE_IN; i++) {
        client.get("/scrape?info_hash=" + hash(1));
      }
    }

    assertThat(count(RequestAction.SCRAPE, AddressFamily.IPV4, RequestOutcome.ANSWERED))
        .isEqualTo(RequestMeter.TIMED_ONE_IN);
    assertThat(requests.durations(Protocol.HTTP, RequestAction.SCRAPE).count()).isEqualTo(1);
    assertThat(requests.durations(Protocol.HTTP, RequestAction.SCRAPE).sumNanos()).isPositive();
  }
}
