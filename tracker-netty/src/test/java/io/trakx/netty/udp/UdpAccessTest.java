package io.trakx.netty.udp;

import static io.trakx.netty.udp.UdpAnnounce.TRANSACTION;
import static io.trakx.netty.udp.UdpAnnounce.hash;
import static io.trakx.netty.udp.UdpAnnounce.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators can forbid, and what they can trust. */
@ExtendWith(LeakGuard.class)
class UdpAccessTest {
  private static String error(TestUdpServer server, int tail) throws IOException {
    try (UdpClient client = server.client("127.0.0.1")) {
      byte[] request = new UdpAnnounce(client.connect()).infoHash(hash(tail)).bytes();
      return UdpClient.errorText(client.ask(request), TRANSACTION);
    }
  }

  @Test
  void aDeniedTorrentGetsAnErrorWithTheOperatorsWords() throws Exception {
    String longReason = "ä".repeat(3000);
    try (TestUdpServer server =
        TestUdpServer.on(TransportType.AUTO)
            .deny(hex(hash(1)) + " court order", hex(hash(2)) + " " + longReason)
            .start()) {
      assertThat(error(server, 1)).isEqualTo("this torrent is not served here: court order");
      assertThat(error(server, 2)).matches("this torrent is not served here: ä{200,300}");
    }
  }

  @Test
  void aTorrentThatIsNotListedGetsAnError() throws Exception {
    try (TestUdpServer server = TestUdpServer.on(TransportType.AUTO).allow(hex(hash(5))).start()) {
      assertThat(error(server, 1)).contains("listed torrents only");
    }
  }

  @Test
  void aStatedAddressIsTakenWhereTrustedAndOnlyOverIpv4() throws IOException {
    try (TestUdpServer server = TestUdpServer.on(TransportType.AUTO).trustStatedIp().start();
        UdpClient ipv4 = server.client("127.0.0.1");
        UdpClient ipv6 = server.client("::1")) {
      long id = ipv4.connect();
      ipv4.ask(new UdpAnnounce(id).ip(0x0808_0404).bytes());
      byte[] answer = ipv4.ask(new UdpAnnounce(id).bytes());
      assertThat(UdpAnnounce.answer(answer, 6).peers()).containsExactly("080804041ae1");
      byte[] overIpv6 = ipv6.ask(new UdpAnnounce(ipv6.connect()).ip(0x0808_0404).port(5).bytes());
      assertThat(UdpAnnounce.answer(overIpv6, 18).peers()).isEmpty();
      byte[] again = ipv6.ask(new UdpAnnounce(ipv6.connect()).bytes());
      assertThat(UdpAnnounce.answer(again, 18).peers())
          .containsExactly("000000000000000000000000000000010005");
    }
  }

  @Test
  void aLargerMtuHasRoomForMorePeers() throws IOException {
    try (TestUdpServer server = TestUdpServer.on(TransportType.AUTO).mtuBytes(9000).start();
        UdpClient client = server.client("127.0.0.1")) {
      long id = client.connect();
      for (int port = 1; port <= 300; port++) {
        client.ask(new UdpAnnounce(id).port(port).numwant(0).bytes());
      }
      byte[] answer = client.ask(new UdpAnnounce(id).numwant(1000).bytes());
      assertThat(UdpAnnounce.answer(answer, 6).peers()).hasSize(300);
    }
  }
}
