package io.trakx.netty.udp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.trakx.core.stats.TrackerCounter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

class DatagramFuzzTest {
  private static final InetSocketAddress IPV4 = new InetSocketAddress("192.0.2.1", 4000);
  private static final InetSocketAddress IPV6 = new InetSocketAddress("2001:db8::1", 4000);

  /** The first byte chooses the sender, and whether its id is right; the rest is the datagram. */
  @FuzzTest(maxDuration = "20s")
  void isAnsweredAsItsSenderDeserves(byte[] data) {
    if (data.length == 0) {
      return;
    }
    InetSocketAddress sender = (data[0] & 1) == 0 ? IPV4 : IPV6;
    byte[] datagram = Arrays.copyOfRange(data, 1, data.length);
    try (UdpWorkerFixture fixture = new UdpWorkerFixture((data[0] & 2) == 0)) {
      long id = fixture.idFor(sender);
      if ((data[0] & 4) != 0 && datagram.length > RequestHeader.BYTES) {
        ByteBuffer.wrap(datagram).putLong(id);
      }
      // A search that watches what is compared with what comes to know the right id, too.
      boolean known = datagram.length >= Long.BYTES && ByteBuffer.wrap(datagram).getLong() == id;
      List<byte[]> answers = fixture.ask(sender, datagram);
      assertThat(answers).hasSizeLessThanOrEqualTo(1);
      for (byte[] answer : answers) {
        assertThat(answer).hasSizeBetween(8, sender.equals(IPV4) ? 1472 : 1452);
        assertThat(ByteBuffer.wrap(answer).getInt(4))
            .isEqualTo(ByteBuffer.wrap(datagram).getInt(12));
        if (!known) {
          assertThat(answer).hasSizeLessThanOrEqualTo(datagram.length);
        }
      }
      assertThat(fixture.count(TrackerCounter.ANNOUNCES)).isLessThanOrEqualTo(known ? 1 : 0);
    }
  }
}
