package io.trakx.netty.udp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An announce makes no garbage of ours once the compiler has seen it often enough. */
@Tag("slow")
class UdpGarbageTest {
  private static final int ROUND = 20_000;
  private static final int MAX_ROUNDS = 40;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * @param copyBytes what the JDK allocates to tell the sender's address: nothing for IPv4, since
   *     the compiler finds that the copy is not needed; an array of 16 bytes for IPv6
   */
  @ParameterizedTest
  @CsvSource({"192.0.2.1, 0", "2001:db8::1, 32"})
  void announcesMakeNoGarbage(String address, int copyBytes) {
    InetSocketAddress sender = new InetSocketAddress(address, 4000);
    try (UdpWorkerFixture fixture = new UdpWorkerFixture(false)) {
      byte[] bytes = new UdpAnnounce(fixture.idFor(sender)).bytes();
      assertThat(bytesPerDatagram(fixture, sender, bytes, copyBytes))
          .isLessThanOrEqualTo(copyBytes);
    }
  }

  @Test
  void connectsMakeNoGarbage() {
    InetSocketAddress sender = new InetSocketAddress("192.0.2.1", 4000);
    try (UdpWorkerFixture fixture = new UdpWorkerFixture(false)) {
      assertThat(bytesPerDatagram(fixture, sender, UdpClient.connectRequest(1), 0)).isZero();
    }
  }

  /** What is allocated for a datagram in the best round, which is the last if it is enough. */
  private long bytesPerDatagram(
      UdpWorkerFixture fixture, InetSocketAddress sender, byte[] request, long enough) {
    // Not watched for leaks: watching makes garbage.
    ByteBuf in = new UnpooledByteBufAllocator(true, true).directBuffer().writeBytes(request);
    Outbox outbox = UdpReply::release;
    long best = Long.MAX_VALUE;
    for (int round = 0; round < MAX_ROUNDS && best > enough; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < ROUND; i++) {
        // An announce's last two bytes: a hundred peers of one address, something to choose from.
        in.setShort(request.length - Short.BYTES, 1 + i % 100);
        fixture.worker.receive(in, sender, outbox);
      }
      best = Math.min(best, (threads.getCurrentThreadAllocatedBytes() - before) / ROUND);
    }
    in.release();
    return best;
  }
}
