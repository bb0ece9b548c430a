package io.trakx.netty.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a fresh connection is sent waits for its end; what a channel is sent waits for nothing. */
@Timeout(30)
class EpollCorkTest {
  private static final byte ANSWER = 42;

  private final EventLoops loops = new EventLoops(TransportType.EPOLL, 1, "test");

  @BeforeEach
  void needsEpoll() {
    assumeTrue(TransportType.EPOLL.isAvailable(), "this machine has no epoll");
  }

  @AfterEach
  void stop() {
    loops.close();
  }

  /** A service that serves fresh connections in its own way, and tells of the channels it gets. */
  private record Service(
      Predicate<FreshConnection> serving, CompletableFuture<EpollSocketChannel> opened)
      implements TcpService, TcpService.Opener {
    @Override
    public InetSocketAddress address() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Override
    public Opener opener(EventLoop loop) {
      return this;
    }

    @Override
    public boolean serve(FreshConnection connection) {
      return serving.test(connection);
    }

    @Override
    public boolean open(Channel connection) {
      return opened.complete((EpollSocketChannel) connection);
    }

    @Override
    public void acceptFailed(Throwable cause) {
      throw new AssertionError(cause);
    }
  }

  private Socket connect(Service service) throws IOException {
    ListeningSockets sockets =
        ListeningSockets.open(loops, TcpOptions.defaults(), List.of(service));
    Socket client =
        new Socket(InetAddress.getLoopbackAddress(), sockets.addresses().get(0).getPort());
    client.getOutputStream().write(1);
    return client;
  }

  @Test
  void anAnswerGoesWithTheEndOfItsConnection() throws Exception {
    CompletableFuture<Boolean> sent = new CompletableFuture<>();
    CompletableFuture<Void> looked = new CompletableFuture<>();
    Service service =
        new Service(
            connection -> {
              ByteBuf answer = Unpooled.directBuffer().writeByte(ANSWER);
              sent.complete(connection.send(answer));
              answer.release();
              looked.orTimeout(10, TimeUnit.SECONDS).join();
              return true;
            },
            new CompletableFuture<>());
    try (Socket client = connect(service)) {
      assertThat(sent.join()).isTrue();
      assertThat(client.getInputStream().available()).isZero();
      looked.complete(null);
      assertThat(client.getInputStream().readAllBytes()).containsExactly(ANSWER);
    }
  }

  @Test
  void aChannelTakesNoMoreThanALittleThatCannotBeSent() throws Exception {
    Service service = new Service(_ -> false, new CompletableFuture<>());
    try (Socket _ = connect(service)) {
      assertThat(service.opened().join().config().getTcpNotSentLowAt())
          .isEqualTo(TcpOptions.UNSENT_BYTES);
    }
  }

  @Test
  void aChannelIsNotCorked() throws Exception {
    Service service = new Service(_ -> false, new CompletableFuture<>());
    try (Socket _ = connect(service)) {
      assertThat(service.opened().join().config().isTcpCork()).isFalse();
    }
  }
}
