package io.trakx.netty.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.Socket;
import io.trakx.netty.testing.LeakGuard;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A socket whose answers the kernel has no room for, at first. */
@ExtendWith(LeakGuard.class)
class EpollDatagramSocketTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final int ANSWERS = DatagramOptions.BATCH + 6;
  private static final byte BREAK = 1;

  private final ReplyStock replies = new ReplyStock(UnpooledByteBufAllocator.DEFAULT, 100);
  private final AtomicInteger failures = new AtomicInteger();
  private final CountDownLatch broken = new CountDownLatch(1);

  /** Answers each datagram with more than leave together. */
  private final DatagramService service =
      new DatagramService() {
        @Override
        public void received(DatagramBatch batch, Outbox outbox) {
          if (batch.content(0).readByte() == BREAK) {
            broken.countDown();
            throw new LinkageError("as the test wants it");
          }
          for (int i = 0; i < ANSWERS; i++) {
            DatagramReply reply = replies.lend();
            assertThat(reply).isNotNull();
            ByteBuf out = reply.begin(batch.sender(0));
            out.writeCharSequence(Integer.toString(i), StandardCharsets.US_ASCII);
            outbox.send(reply);
          }
        }

        @Override
        public void sendFailed() {
          failures.incrementAndGet();
        }
      };

  /** Takes a few datagrams a call, and none in every other. */
  private static final class Congested extends MessageVector {
    private final int room;
    private boolean full;

    Congested(int room) {
      super(DatagramOptions.BATCH);
      this.room = room;
    }

    @Override
    int send(int socket, int from, int count) {
      full = !full || room == 0;
      return full ? -EAGAIN : super.send(socket, from, Math.min(count, room));
    }
  }

  @BeforeEach
  void needsEpoll() {
    assumeTrue(TransportType.EPOLL.isAvailable(), "this machine has no epoll");
  }

  @Test
  void answersWaitForRoomAndKeepTheirOrder() throws IOException {
    try (EventLoops loops = new EventLoops(TransportType.EPOLL, 1, "test");
        DatagramSocket client = new DatagramSocket(ANY)) {
      client.setSoTimeout(20_000);
      EpollDatagramSocket socket = open(loops.all().getFirst(), 5);
      client.connect(socket.address());
      client.send(new DatagramPacket(new byte[1], 1));
      for (int i = 0; i < ANSWERS; i++) {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        client.receive(packet);
        assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII))
            .isEqualTo(Integer.toString(i));
      }
      socket.stop().join();
    } finally {
      replies.close();
    }
    assertThat(failures).hasValue(0);
  }

  @Test
  void anErrorOfTheServiceLeavesTheNextDatagramsTheirAnswers() throws Exception {
    try (EventLoops loops = new EventLoops(TransportType.EPOLL, 1, "test");
        DatagramSocket client = new DatagramSocket(ANY)) {
      client.setSoTimeout(20_000);
      EpollDatagramSocket socket = open(loops.all().getFirst(), DatagramOptions.BATCH);
      client.connect(socket.address());
      client.send(new DatagramPacket(new byte[] {BREAK}, 1));
      assertThat(broken.await(20, TimeUnit.SECONDS)).isTrue();
      client.send(new DatagramPacket(new byte[1], 1));
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      client.receive(packet);
      assertThat(packet.getLength()).isEqualTo(1);
      assertThat(socket.accepting()).isTrue();
      socket.stop().join();
      assertThat(socket.accepting()).isFalse();
    } finally {
      replies.close();
    }
  }

  @Test
  void whatStillWaitsIsGivenBackWhenTheSocketIsClosed() throws IOException {
    try (EventLoops loops = new EventLoops(TransportType.EPOLL, 1, "test")) {
      EpollDatagramSocket socket = open(loops.all().getFirst(), 0);
      DatagramReply reply = replies.lend();
      assertThat(reply).isNotNull();
      DatagramSender nobody = new DatagramSender();
      nobody.set(socket.address());
      reply.begin(nobody).writeByte(0);
      loops.all().getFirst().submit(() -> socket.send(reply)).syncUninterruptibly();
      socket.stop().join();
      assertThat(replies.lend()).isSameAs(reply);
      reply.release();
    } finally {
      replies.close();
    }
  }

  private EpollDatagramSocket open(EventLoop loop, int room) throws IOException {
    Socket socket = Socket.newSocketDgram();
    socket.bind(ANY);
    ListenPlan<?> plan =
        ListenPlan.of(List.of(new DatagramSockets.Place(ANY)), true, true).getFirst();
    EpollDatagramSocket opened =
        new EpollDatagramSocket(
            new DatagramBinding(plan, ANY, DatagramOptions.defaults(), loop, service, false),
            socket,
            new Congested(room));
    opened.register();
    return opened;
  }
}
