package io.trakx.netty.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.trakx.netty.testing.LeakGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Listening on real sockets: families, ports in use, and how connections are spread. */
@ParameterizedClass
@MethodSource("transports")
@ExtendWith(LeakGuard.class)
class ListeningSocketsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final EventLoops loops;

  ListeningSocketsTest(TransportType type) {
    loops = new EventLoops(type, 3, "test");
  }

  static Stream<TransportType> transports() {
    return Stream.of(TransportType.EPOLL, TransportType.NIO, TransportType.IO_URING)
        .filter(TransportType::isAvailable);
  }

  @AfterEach
  void stop() {
    loops.close();
  }

  private ListeningSockets open(TcpService... services) throws ListenException {
    return ListeningSockets.open(loops, TcpOptions.defaults(), List.of(services));
  }

  private static int port(ListeningSockets sockets) {
    return sockets.addresses().getFirst().getPort();
  }

  /** A port that was free a moment ago. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Sends a byte and returns the byte that the service answers. */
  private static int ask(String address, int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName(address), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(1);
      return socket.getInputStream().read();
    }
  }

  /** Answers every read with one letter, and notes which loops it was called on. */
  private static final class Letter implements TcpService {
    private final InetSocketAddress address;
    private final char letter;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    Letter(String address, int port, char letter) {
      this.address = new InetSocketAddress(address, port);
      this.letter = letter;
    }

    @Override
    public InetSocketAddress address() {
      return address;
    }

    @Override
    public Opener opener(EventLoop loop) {
      return new Opener() {
        @Override
        public boolean open(Channel connection) {
          assertThat(loop.inEventLoop()).isTrue();
          connection.pipeline().addLast(new Answer(loop));
          return true;
        }

        @Override
        public void acceptFailed(Throwable cause) {
          throw new AssertionError(cause);
        }
      };
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private final class Answer extends ChannelInboundHandlerAdapter {
      private final EventLoop loop;

      Answer(EventLoop loop) {
        this.loop = loop;
      }

      @Override
      public void channelRead(ChannelHandlerContext ctx, Object message) {
        ((ByteBuf) message).release();
        if (loop.equals(ctx.channel().eventLoop())) {
          threads.add(Thread.currentThread());
          ctx.writeAndFlush(ctx.alloc().buffer().writeByte(letter));
        } else {
          ctx.close();
        }
      }
    }
  }

  @Test
  void bothWildcardAddressesAreServedOnOnePortEachByItsOwnService() throws IOException {
    int port = freePort();
    ListeningSockets sockets = open(new Letter("0.0.0.0", port, '4'), new Letter("::", port, '6'));
    assertThat(sockets.addresses())
        .containsExactly(new InetSocketAddress("0.0.0.0", port), new InetSocketAddress("::", port));
    for (int i = 0; i < 20; i++) {
      assertThat(ask("127.0.0.1", port)).isEqualTo('4');
      assertThat(ask("::1", port)).isEqualTo('6');
    }
    sockets.close().join();
  }

  @Test
  void theOrderOfTheWildcardAddressesDoesNotMatter() throws IOException {
    int port = freePort();
    ListeningSockets sockets = open(new Letter("::", port, '6'), new Letter("0.0.0.0", port, '4'));
    assertThat(ask("127.0.0.1", port)).isEqualTo('4');
    assertThat(ask("::1", port)).isEqualTo('6');
    sockets.close().join();
  }

  @Test
  void aWildcardAddressAloneServesItsFamilyOnly() throws IOException {
    ListeningSockets ipv6 = open(new Letter("::", 0, '6'));
    assertThat(ask("::1", port(ipv6))).isEqualTo('6');
    assertThatNoAnswer("127.0.0.1", port(ipv6));
    ListeningSockets ipv4 = open(new Letter("0.0.0.0", 0, '4'));
    assertThat(ask("127.0.0.1", port(ipv4))).isEqualTo('4');
    assertThatNoAnswer("::1", port(ipv4));
    ipv4.close().join();
    ipv6.close().join();
  }

  private static void assertThatNoAnswer(String address, int port) {
    int answer;
    try {
      answer = ask(address, port);
    } catch (IOException e) {
      answer = -1;
    }
    assertThat(answer).isEqualTo(-1);
  }

  @Test
  void aSpecificAddressHasItsOwnServiceBesideTheWildcard() throws IOException {
    int port = freePort();
    ListeningSockets sockets =
        open(
            new Letter("127.0.0.2", port, 's'),
            new Letter("0.0.0.0", port, '4'),
            new Letter("::", port, '6'));
    for (int i = 0; i < 10; i++) {
      assertThat(ask("127.0.0.2", port)).isEqualTo('s');
      assertThat(ask("127.0.0.1", port)).isEqualTo('4');
    }
    sockets.close().join();
  }

  @Test
  void portZeroTakesOneFreePortForAllLoops() throws IOException {
    Letter service = new Letter("127.0.0.1", 0, 'x');
    ListeningSockets sockets = open(service);
    assertThat(port(sockets)).isPositive();
    for (int i = 0; i < 200; i++) {
      assertThat(ask("127.0.0.1", port(sockets))).isEqualTo('x');
    }
    assertThat(service.threads).hasSizeGreaterThan(1);
    sockets.close().join();
  }

  @Test
  void addressesThatTakeNothingAreNamedOnce() throws IOException {
    ListeningSockets sockets = open(new Letter("127.0.0.1", 0, 'x'), new Letter("::1", 0, 'x'));
    assertThat(sockets.notAccepting()).isEmpty();

    sockets.close().join();

    assertThat(sockets.notAccepting())
        .containsExactlyInAnyOrderElementsOf(sockets.addresses())
        .hasSize(2);
  }

  @Test
  void aPortInUseIsOneClearLine() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      assertThatThrownBy(() -> open(new Letter("127.0.0.1", other.getLocalPort(), 'x')))
          .isInstanceOf(ListenException.class)
          .hasMessageStartingWith(
              "cannot listen on 127.0.0.1:" + other.getLocalPort() + ": the port is in use;")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void aSecondServerNeverSharesThePortInSilence() throws IOException {
    for (String address : List.of("127.0.0.1", "0.0.0.0", "::", "::1")) {
      ListeningSockets first = open(new Letter(address, 0, 'x'));
      assertThatThrownBy(() -> open(new Letter(address, port(first), 'y')))
          .isInstanceOf(ListenException.class)
          .hasMessageContaining("the port is in use");
      first.close().join();
    }
  }

  @Test
  void whenOneAddressCannotBeHadNoneIsKept() throws IOException {
    int free = freePort();
    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      assertThatThrownBy(
              () ->
                  open(
                      new Letter("127.0.0.1", free, 'x'),
                      new Letter("127.0.0.1", other.getLocalPort(), 'y')))
          .isInstanceOf(ListenException.class);
    }
    open(new Letter("127.0.0.1", free, 'x')).close().join();
  }

  @Test
  void aPortCanBeTakenAgainRightAfterTheClose() throws IOException {
    ListeningSockets first = open(new Letter("127.0.0.1", 0, 'x'));
    assertThat(ask("127.0.0.1", port(first))).isEqualTo('x');
    first.close().join();
    ListeningSockets second = open(new Letter("127.0.0.1", port(first), 'y'));
    assertThat(ask("127.0.0.1", port(first))).isEqualTo('y');
    second.close().join();
  }

  @Test
  void anAddressThatIsNotTheMachinesIsNamed() {
    assertThatThrownBy(() -> open(new Letter("192.0.2.1", 0, 'x')))
        .isInstanceOf(ListenException.class)
        .hasMessage("cannot listen on 192.0.2.1:0: this machine has no such address");
  }

  @Test
  void aHostThatIsNotKnownIsNamed() {
    assertThatThrownBy(() -> open(new Letter("no.such.host.invalid", 1337, 'x')))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining("no.such.host.invalid:1337: the host's name is not known");
  }
}
