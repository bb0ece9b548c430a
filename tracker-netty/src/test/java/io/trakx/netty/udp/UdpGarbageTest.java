package io.trakx.netty.udp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.trakx.netty.transport.DatagramReply;
import io.trakx.netty.transport.DatagramSender;
import io.trakx.netty.transport.Outbox;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An announce makes no garbage of ours once the compiler has seen it often enough. */
@Tag("slow")
class UdpGarbageTest {
  private static final int ROUND = 20_000;
  private static final int MAX_ROUNDS = 40;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
  void announcesMakeNoGarbage(String address) {
    InetSocketAddress sender = new InetSocketAddress(address, 4000);
    try (UdpWorkerFixture fixture = new UdpWorkerFixture(false)) {
      byte[] bytes = new UdpAnnounce(fixture.idFor(sender)).bytes();
      assertThat(bytesPerDatagram(fixture, sender, bytes)).isZero();
    }
  }

  @Test
  void connectsMakeNoGarbage() {
    InetSocketAddress sender = new InetSocketAddress("192.0.2.1", 4000);
    try (UdpWorkerFixture fixture = new UdpWorkerFixture(false)) {
      assertThat(bytesPerDatagram(fixture, sender, UdpClient.connectRequest(1))).isZero();
    }
  }

  /** What is allocated for a datagram in the best round, which is the last if it is nothing. */
  private long bytesPerDatagram(
      UdpWorkerFixture fixture, InetSocketAddress client, byte[] request) {
    DatagramSender sender = UdpWorkerFixture.sender(client);
    // Not watched for leaks: watching makes garbage.
    ByteBuf in = new UnpooledByteBufAllocator(true, true).directBuffer().writeBytes(request);
    Outbox outbox = DatagramReply::release;
    long best = Long.MAX_VALUE;
    for (int round = 0; round < MAX_ROUNDS && best > 0; round++) {
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
