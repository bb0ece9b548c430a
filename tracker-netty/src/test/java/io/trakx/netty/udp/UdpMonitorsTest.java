package io.trakx.netty.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The requests of public monitors, byte for byte, and what they want of an answer. */
@ExtendWith(LeakGuard.class)
class UdpMonitorsTest {
  private final TestUdpServer server = TestUdpServer.on(TransportType.AUTO).start();

  UdpMonitorsTest() throws IOException {}

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** Small transaction ids, a peer id equal to the info-hash, event 2, numwant -1. */
  @Test
  void newTrackonAcceptsTheTracker() throws IOException {
    for (String from : List.of("127.0.0.1", "::1")) {
      try (UdpClient client = server.client(from);
          UdpClient other = server.client(from)) {
        String hash = "8f2a72b10cc7a9ec7a1096b86d17e3d7d0abc465";
        other.ask(new UdpAnnounce(other.connect()).infoHash(bytes(hash)).port(0x1234).bytes());
        ByteBuffer connected =
            ByteBuffer.wrap(client.ask(bytes("0000041727101980 00000000 00000001")));
        assertThat(connected.getInt()).isZero();
        assertThat(connected.getInt()).isEqualTo(1);
        ByteBuffer answer =
            ByteBuffer.wrap(
                client.ask(
                    bytes(
                        HexFormat.of().toHexDigits(connected.getLong())
                            + "00000001 00000002"
                            + hash
                            + hash
                            + "0000000000000000 0000000000000000 0000000000000000"
                            + "00000002 00000000 0000002a ffffffff 1ae1")));
        assertThat(answer.getInt()).isEqualTo(1);
        assertThat(answer.getInt()).isEqualTo(2);
        assertThat(answer.getInt()).isBetween(300, 10_800);
        // It leaves nothing to download: a seeder, beside the leecher of before.
        assertThat(answer.getInt()).as("leechers").isPositive();
        assertThat(answer.getInt()).as("seeders").isPositive();
        byte[] peers = new byte[answer.remaining()];
        answer.get(peers);
        String loopback = from.contains(":") ? "0".repeat(31) + "1" : "7f000001";
        assertThat(UdpAnnounce.hex(peers)).isEqualTo(loopback + "1234");
      }
    }
  }

  /** Connect, announce and scrape with one transaction id and the port that it is bound to. */
  @Test
  void torrustsCheckerAcceptsTheTracker() throws IOException {
    try (UdpClient client = server.client("127.0.0.1")) {
      ByteBuffer connected =
          ByteBuffer.wrap(client.ask(bytes("0000041727101980 00000000 8d2e1c5b")));
      assertThat(connected.getInt(4)).isEqualTo(0x8d2e_1c5b);
      String id = HexFormat.of().toHexDigits(connected.getLong(8));
      String hash = "3b245504cf5f11bbdbe1201cea6a6bf45aee1bc0";
      ByteBuffer announced =
          ByteBuffer.wrap(
              client.ask(
                  bytes(
                      id
                          + "00000001 8d2e1c5b"
                          + hash
                          + "2d716230 30303030 30303030 30303030 30303031"
                          + "0000000000000000 0000000000000000 0000000000000000"
                          + "00000002 00000000 00000000 00000001"
                          + HexFormat.of().toHexDigits((short) client.port()))));
      assertThat(announced.getInt(0)).isEqualTo(1);
      assertThat(announced.getInt(4)).isEqualTo(0x8d2e_1c5b);
      assertThat(announced.getInt(8)).isPositive();
      assertThat(announced.getInt(16)).as("seeders").isEqualTo(1);
      ByteBuffer scraped = ByteBuffer.wrap(client.ask(bytes(id + "00000002 8d2e1c5b" + hash)));
      assertThat(scraped.remaining()).isEqualTo(20);
      assertThat(scraped.getInt(0)).isEqualTo(2);
      assertThat(scraped.getInt(8)).isEqualTo(1);
    }
  }
}
