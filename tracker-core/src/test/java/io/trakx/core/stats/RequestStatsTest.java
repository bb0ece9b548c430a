package io.trakx.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.FailureReason;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestStatsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final RequestStats stats = new Counters(nanos::get).requests();
  private final RequestMeter http = stats.newMeter(Protocol.HTTP);
  private final RequestMeter udp = stats.newMeter(Protocol.UDP);

  @Test
  void requestsAreToldApartByEverything() {
    udp.answered(RequestAction.SCRAPE, AddressFamily.IPV6, RequestMeter.NOT_TIMED);

    for (Protocol protocol : Protocol.values()) {
      for (RequestAction action : RequestAction.values()) {
        for (AddressFamily family : AddressFamily.values()) {
          for (RequestOutcome outcome : RequestOutcome.values()) {
            boolean same =
                protocol == Protocol.UDP
                    && action == RequestAction.SCRAPE
                    && family == AddressFamily.IPV6
                    && outcome == RequestOutcome.ANSWERED;
            assertThat(stats.requests(protocol, action, family, outcome)).isEqualTo(same ? 1 : 0);
          }
        }
      }
    }
  }

  @Test
  void metersOfManyLoopsAddUp() {
    RequestMeter another = stats.newMeter(Protocol.HTTP);
    Bytes20 peerId = new Bytes20();

    http.announced(peerId, AddressFamily.IPV4, RequestMeter.NOT_TIMED);
    another.announced(peerId, AddressFamily.IPV4, RequestMeter.NOT_TIMED);
    udp.announced(peerId, AddressFamily.IPV4, RequestMeter.NOT_TIMED);

    assertThat(
            stats.requests(
                Protocol.HTTP, RequestAction.ANNOUNCE, AddressFamily.IPV4, RequestOutcome.ANSWERED))
        .isEqualTo(2);
    assertThat(stats.requests(RequestAction.ANNOUNCE, AddressFamily.IPV4, RequestOutcome.ANSWERED))
        .isEqualTo(3);
    assertThat(stats.announces(ClientSoftware.OTHER)).isEqualTo(3);
  }

  @Test
  void refusalsAreCountedByReason() {
    http.refused(
        RequestAction.ANNOUNCE,
        AddressFamily.IPV4,
        FailureReason.INVALID_PORT,
        RequestMeter.NOT_TIMED);
    udp.refused(RequestAction.SCRAPE, AddressFamily.IPV6, null, RequestMeter.NOT_TIMED);

    assertThat(stats.refusals(Protocol.HTTP, FailureReason.INVALID_PORT)).isEqualTo(1);
    assertThat(stats.refusals(Protocol.UDP, FailureReason.INVALID_PORT)).isZero();
    assertThat(stats.refusals(Protocol.UDP, null)).isEqualTo(1);
    assertThat(
            stats.requests(
                Protocol.UDP, RequestAction.SCRAPE, AddressFamily.IPV6, RequestOutcome.REFUSED))
        .isEqualTo(1);
  }

  @Test
  void oneRequestInManyIsTimed() {
    for (int i = 0; i < 3 * RequestMeter.TIMED_ONE_IN; i++) {
      long started = http.begin();
      nanos.addAndGet(10_000);
      http.answered(RequestAction.SCRAPE, AddressFamily.IPV4, started);
    }

    assertThat(stats.durations(Protocol.HTTP, RequestAction.SCRAPE).count()).isEqualTo(3);
    assertThat(stats.durations(Protocol.HTTP, RequestAction.SCRAPE).sumNanos())
        .isBetween(3 * 9_999L, 3 * 10_000L);
    assertThat(stats.durations(Protocol.HTTP, RequestAction.ANNOUNCE).count()).isZero();
    assertThat(stats.durations(Protocol.UDP, RequestAction.SCRAPE).count()).isZero();
  }
}
