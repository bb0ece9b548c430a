package io.trakx.netty.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.trakx.netty.testing.LeakGuard;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Receiving on real UDP sockets: families, ports in use, and how datagrams are spread. */
@ParameterizedClass
@MethodSource("transports")
@ExtendWith(LeakGuard.class)
class DatagramSocketsTest {
  /** The first byte of a datagram before whose answer one goes to port 0. */
  private static final byte TO_NOBODY = 2;

  private static final int SILENCE_MILLIS = 200;
  private static final int ANSWER_MILLIS = 20_000;

  private final EventLoops loops;
  private final List<ReplyStock> stocks = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final Set<EventLoop> asked = ConcurrentHashMap.newKeySet();

  DatagramSocketsTest(TransportType type) {
    loops = new EventLoops(type, 3, "test");
  }

  static Stream<TransportType> transports() {
    return Stream.of(TransportType.EPOLL, TransportType.NIO, TransportType.IO_URING)
        .filter(TransportType::isAvailable);
  }

  @AfterEach
  void stop() {
    loops.close();
    stocks.forEach(ReplyStock::close);
  }

  private ReplyStock newStock() {
    ReplyStock stock =
        new ReplyStock(UnpooledByteBufAllocator.DEFAULT, DatagramOptions.MAX_DATAGRAM_BYTES);
    stocks.add(stock);
    return stock;
  }

  /** Sends back what arrives, and notes the loop that it arrived on. */
  private final class Echo implements DatagramService {
    private final EventLoop loop;
    private final ReplyStock replies = newStock();

    Echo(EventLoop loop) {
      this.loop = loop;
    }

    @Override
    public void received(DatagramBatch batch, Outbox outbox) {
      asked.add(loop);
      for (int i = 0; i < batch.size(); i++) {
        if (batch.content(i).getByte(batch.content(i).readerIndex()) == TO_NOBODY) {
          echo(new byte[] {TO_NOBODY}, nobody(), outbox);
        }
        echo(ByteBufUtil.getBytes(batch.content(i)), batch.sender(i), outbox);
      }
    }

    private void echo(byte[] bytes, DatagramSender recipient, Outbox outbox) {
      DatagramReply reply = replies.lend();
      assertThat(reply).isNotNull();
      reply.begin(recipient).writeBytes(bytes);
      outbox.send(reply);
    }

    private static DatagramSender nobody() {
      DatagramSender sender = new DatagramSender();
      sender.set(at("127.0.0.1", 0));
      return sender;
    }

    @Override
    public void sendFailed() {
      failures.incrementAndGet();
    }
  }

  private DatagramSockets open(InetSocketAddress... addresses) throws ListenException {
    return DatagramSockets.open(loops, DatagramOptions.defaults(), List.of(addresses), Echo::new);
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static int port(DatagramSockets sockets) {
    return sockets.addresses().getFirst().getPort();
  }

  /** Whether a datagram is answered, from the very address that it was sent to. */
  private static boolean answers(String address, int port, int patienceMillis) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(at(address, port));
      socket.setSoTimeout(patienceMillis);
      socket.send(new java.net.DatagramPacket(new byte[] {1}, 1));
      socket.receive(new java.net.DatagramPacket(new byte[1], 1));
      return true;
    } catch (SocketTimeoutException | PortUnreachableException e) {
      return false;
    }
  }

  @Test
  void bothWildcardAddressesAreServedOnOnePort() throws IOException {
    DatagramSockets first = open(at("127.0.0.1", 0));
    int free = port(first);
    first.close().join();
    DatagramSockets sockets = open(at("0.0.0.0", free), at("::", free));
    assertThat(sockets.addresses()).containsExactly(at("0.0.0.0", free), at("::", free));
    assertThat(answers("127.0.0.1", free, ANSWER_MILLIS)).isTrue();
    assertThat(answers("::1", free, ANSWER_MILLIS)).isTrue();
    sockets.close().join();
  }

  @Test
  void aWildcardAddressAloneServesItsFamilyOnly() throws IOException {
    DatagramSockets ipv6 = open(at("::", 0));
    assertThat(answers("::1", port(ipv6), ANSWER_MILLIS)).isTrue();
    assertThat(answers("127.0.0.1", port(ipv6), SILENCE_MILLIS)).isFalse();
    ipv6.close().join();
    DatagramSockets ipv4 = open(at("0.0.0.0", 0));
    assertThat(answers("127.0.0.1", port(ipv4), ANSWER_MILLIS)).isTrue();
    assertThat(answers("::1", port(ipv4), SILENCE_MILLIS)).isFalse();
    ipv4.close().join();
  }

  @Test
  void portZeroTakesOneFreePortForAllLoops() throws IOException {
    DatagramSockets sockets = open(at("127.0.0.1", 0));
    for (int i = 0; i < 100; i++) {
      assertThat(answers("127.0.0.1", port(sockets), ANSWER_MILLIS)).isTrue();
    }
    assertThat(asked).hasSize(3);
    sockets.close().join();
  }

  @Test
  void aSecondServerNeverSharesThePortInSilence() throws IOException {
    for (String address : List.of("127.0.0.1", "0.0.0.0", "::", "::1")) {
      DatagramSockets first = open(at(address, 0));
      assertThatThrownBy(() -> open(at(address, port(first))))
          .isInstanceOf(ListenException.class)
          .hasMessageContaining("cannot listen on UDP ")
          .hasMessageContaining("the port is in use")
          .hasMessageContaining("ss -lunp");
      first.close().join();
    }
  }

  @Test
  void whenOneAddressCannotBeHadNoneIsKept() throws IOException {
    DatagramSockets taken = open(at("127.0.0.1", 0));
    assertThatThrownBy(() -> open(at("127.0.0.2", port(taken)), at("127.0.0.1", port(taken))))
        .isInstanceOf(ListenException.class);
    assertThat(answers("127.0.0.2", port(taken), SILENCE_MILLIS)).isFalse();
    taken.close().join();
  }

  @Test
  void everyDatagramOfManyBatchesComesBackWhole() throws IOException {
    for (String address : List.of("127.0.0.1", "::1")) {
      DatagramSockets sockets = open(at(address, 0));
      try (DatagramSocket socket = new DatagramSocket(at(address, 0))) {
        socket.connect(sockets.addresses().getFirst());
        socket.setSoTimeout(ANSWER_MILLIS);
        int datagrams = 3 * DatagramOptions.BATCH;
        Set<String> sent = new HashSet<>();
        for (int i = 0; i < datagrams; i++) {
          String text = "%d:%s".formatted(i, "x".repeat(i));
          sent.add(text);
          byte[] bytes = text.getBytes(US_ASCII);
          socket.send(new java.net.DatagramPacket(bytes, bytes.length));
        }
        Set<String> received = new HashSet<>();
        for (int i = 0; i < datagrams; i++) {
          var packet = new java.net.DatagramPacket(new byte[1000], 1000);
          socket.receive(packet);
          received.add(new String(packet.getData(), 0, packet.getLength(), US_ASCII));
        }
        assertThat(received).isEqualTo(sent);
      }
      sockets.close().join();
    }
  }

  @Test
  void aDatagramThatIsTooLongIsCut() throws IOException {
    DatagramSockets sockets = open(at("127.0.0.1", 0));
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(sockets.addresses().getFirst());
      socket.setSoTimeout(ANSWER_MILLIS);
      int length = DatagramOptions.MAX_DATAGRAM_BYTES + 100;
      socket.send(new java.net.DatagramPacket(new byte[length], length));
      var packet = new java.net.DatagramPacket(new byte[length], length);
      socket.receive(packet);
      assertThat(packet.getLength()).isEqualTo(DatagramOptions.MAX_DATAGRAM_BYTES);
    }
    sockets.close().join();
  }

  @Test
  void anAnswerThatTheSystemRefusesIsToldAndHoldsUpNoOther() throws IOException {
    DatagramSockets sockets = open(at("127.0.0.1", 0));
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(sockets.addresses().getFirst());
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.send(new java.net.DatagramPacket(new byte[] {TO_NOBODY}, 1));
      socket.receive(new java.net.DatagramPacket(new byte[1], 1));
    }
    sockets.close().join();
    assertThat(failures).hasValue(1);
  }

  @Test
  void theKernelTellsWhatItGrants() throws IOException {
    DatagramSockets sockets = open(at("127.0.0.1", 0));
    assertThat(sockets.receiveBufferBytes())
        .isBetween(1, DatagramOptions.defaults().receiveBufferBytes());
    sockets.close().join();
  }
}
