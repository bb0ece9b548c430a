package io.trakx.netty.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.testing.LeakGuard;
import io.trakx.netty.transport.DatagramOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Datagrams are taken in batches, and each of them is answered and released. */
@ExtendWith(LeakGuard.class)
class UdpHandlerTest {
  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 6881);

  private final UdpWorkerFixture fixture = new UdpWorkerFixture(false);
  private final EmbeddedChannel channel = new EmbeddedChannel(new UdpHandler(fixture.worker));

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    fixture.close();
  }

  private ByteBuf receive(byte[] datagram) {
    ByteBuf content = Unpooled.wrappedBuffer(datagram);
    channel.pipeline().fireChannelRead(new DatagramPacket(content, CLIENT, CLIENT));
    return content;
  }

  private static byte[] connect() {
    return ByteBuffer.allocate(RequestHeader.BYTES).putLong(ConnectMessage.MAGIC).array();
  }

  /** How many replies have been written since the last call; each went back to its stock then. */
  private int answers() {
    int answers = 0;
    while (channel.readOutbound() != null) {
      answers++;
    }
    return answers;
  }

  @Test
  void aBatchIsAnsweredAtItsEnd() {
    for (int i = 0; i < 3; i++) {
      receive(connect());
    }
    assertThat(answers()).isZero();
    channel.pipeline().fireChannelReadComplete();
    assertThat(answers()).isEqualTo(3);
  }

  @Test
  void moreThanABatchIsAnsweredOnTheWay() {
    for (int i = 0; i < DatagramOptions.BATCH + 1; i++) {
      receive(connect());
    }
    assertThat(answers()).isEqualTo(DatagramOptions.BATCH);
    channel.pipeline().fireChannelReadComplete();
    assertThat(answers()).isEqualTo(1);
  }

  @Test
  void garbageAmongAnnouncesKeepsNobodyFromAnAnswer() {
    byte[] announce = new UdpAnnounce(fixture.idFor(CLIENT)).bytes();
    ByteBuf first = receive(announce);
    ByteBuf garbage = receive(new byte[] {1, 2, 3});
    ByteBuf second = receive(announce);
    channel.pipeline().fireChannelReadComplete();
    assertThat(answers()).isEqualTo(2);
    assertThat(fixture.count(TrackerCounter.ANNOUNCES)).isEqualTo(2);
    assertThat(fixture.count(TrackerCounter.UDP_MALFORMED)).isEqualTo(1);
    assertThat(first.refCnt() + garbage.refCnt() + second.refCnt()).isZero();
  }

  @Test
  void aSocketClosedWhileItReadsReleasesWhatItHolds() {
    ByteBuf content = receive(connect());
    channel.close().syncUninterruptibly();
    assertThat(content.refCnt()).isZero();
    assertThat(answers()).isZero();
  }
}
