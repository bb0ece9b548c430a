package io.trakx.netty.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.trakx.netty.testing.LeakGuard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Datagrams are taken in batches, and each of them is answered and released. */
@ExtendWith(LeakGuard.class)
class ChannelDatagramsTest {
  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 6881);

  private final ReplyStock replies = new ReplyStock(UnpooledByteBufAllocator.DEFAULT, 100);
  private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelDatagrams(new Echo()));

  private final class Echo implements DatagramService {
    @Override
    public void received(DatagramBatch batch, Outbox outbox) {
      for (int i = 0; i < batch.size(); i++) {
        if (batch.content(i).getByte(0) == 0) {
          throw new IllegalStateException("a datagram of which the service dies");
        }
        DatagramReply reply = replies.lend();
        assertThat(reply).isNotNull();
        reply.begin(batch.sender(i)).writeBytes(batch.content(i));
        outbox.send(reply);
      }
    }

    @Override
    public void sendFailed() {
      throw new AssertionError("nothing can fail");
    }
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    replies.close();
  }

  private ByteBuf receive(int datagram) {
    ByteBuf content = Unpooled.wrappedBuffer(new byte[] {(byte) datagram});
    channel.pipeline().fireChannelRead(new DatagramPacket(content, CLIENT, CLIENT));
    return content;
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
      receive(1);
    }
    assertThat(answers()).isZero();
    channel.pipeline().fireChannelReadComplete();
    assertThat(answers()).isEqualTo(3);
  }

  @Test
  void moreThanABatchIsAnsweredOnTheWay() {
    for (int i = 0; i < DatagramOptions.BATCH + 1; i++) {
      receive(1);
    }
    assertThat(answers()).isEqualTo(DatagramOptions.BATCH);
    channel.pipeline().fireChannelReadComplete();
    assertThat(answers()).isEqualTo(1);
  }

  @Test
  void aBatchOfWhichTheServiceDiesIsReleased() {
    ByteBuf first = receive(1);
    ByteBuf deadly = receive(0);
    channel.pipeline().fireChannelReadComplete();
    assertThat(first.refCnt() + deadly.refCnt()).isZero();
    receive(1);
    channel.pipeline().fireChannelReadComplete();
    assertThat(answers()).isEqualTo(2);
  }

  @Test
  void aSocketClosedWhileItReadsReleasesWhatItHolds() {
    ByteBuf content = receive(1);
    channel.close().syncUninterruptibly();
    assertThat(content.refCnt()).isZero();
    assertThat(answers()).isZero();
  }
}
