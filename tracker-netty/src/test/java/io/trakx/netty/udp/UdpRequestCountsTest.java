package io.trakx.netty.udp;

import static io.trakx.netty.udp.UdpAnnounce.hash;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakGuard.class)
class UdpRequestCountsTest {
  private final TestUdpServer server = TestUdpServer.on(TransportType.AUTO).start();
  private final RequestStats requests = server.counters.requests();

  UdpRequestCountsTest() throws IOException {}

  @AfterEach
  void close() {
    server.close();
  }

  private long count(RequestAction action, AddressFamily family, RequestOutcome outcome) {
    return requests.requests(Protocol.UDP, action, family, outcome);
  }

  @Test
  void requestsAreCountedByActionFamilyAndClient() throws IOException {
    try (UdpClient ipv4 = server.client("127.0.0.1");
        UdpClient ipv6 = server.client("::1")) {
      byte[] transmission = "-TR4050-abcdefghijkl".getBytes(ISO_8859_1);
      ipv4.ask(new UdpAnnounce(ipv4.connect()).peerId(transmission).bytes());
      ipv6.ask(UdpAnnounce.scrape(ipv6.connect(), hash(1)));
    }
    server.stop();

    assertThat(count(RequestAction.CONNECT, AddressFamily.IPV4, RequestOutcome.ANSWERED))
        .isEqualTo(1);
    assertThat(count(RequestAction.CONNECT, AddressFamily.IPV6, RequestOutcome.ANSWERED))
        .isEqualTo(1);
    assertThat(count(RequestAction.ANNOUNCE, AddressFamily.IPV4, RequestOutcome.ANSWERED))
        .isEqualTo(1);
    assertThat(count(RequestAction.SCRAPE, AddressFamily.IPV6, RequestOutcome.ANSWERED))
        .isEqualTo(1);
    assertThat(requests.announces(ClientSoftware.TRANSMISSION)).isEqualTo(1);
  }

  @Test
  void refusalsAreCountedByReason() throws IOException {
    try (UdpClient client = server.client("127.0.0.1")) {
      byte[] announce = new UdpAnnounce(client.connect()).port(0).bytes();
      client.ask(announce);
      client.ask(Arrays.copyOf(announce, announce.length - 1));
    }
    server.stop();

    assertThat(count(RequestAction.ANNOUNCE, AddressFamily.IPV4, RequestOutcome.REFUSED))
        .isEqualTo(2);
    assertThat(requests.refusals(Protocol.UDP, FailureReason.INVALID_PORT)).isEqualTo(1);
    assertThat(requests.refusals(Protocol.UDP, null)).isEqualTo(1);
  }

  @Test
  void someRequestsAreTimed() throws IOException {
    try (UdpClient client = server.client("127.0.0.1")) {
      long id = client.connect();
      for (int i = 0; i < RequestMeter.TIMED_ONE_IN; i++) {
        client.ask(new UdpAnnounce(id).bytes());
      }
    }
    server.stop();

    assertThat(requests.durations(Protocol.UDP, RequestAction.ANNOUNCE).count()).isEqualTo(1);
  }
}
