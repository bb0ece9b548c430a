package io.trakx.netty.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner of a connection without a channel is told, and what it can do. */
@Timeout(30)
class KeptConnectionTest {
  /** What clients say to the owner. */
  private static final int STAY = 1;

  private static final int OPEN = 2;
  private static final int CLOSE = 3;
  private static final int FAIL = 4;
  private static final int BREAK = 5;

  private final EventLoops loops = new EventLoops(TransportType.EPOLL, 1, "test");
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void needsEpoll() {
    assumeTrue(TransportType.EPOLL.isAvailable(), "this machine has no epoll");
  }

  @AfterEach
  void stop() {
    loops.close();
  }

  /** Keeps all connections. */
  private final class Service implements TcpService, TcpService.Opener {
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
      Owner owner = new Owner();
      owner.connection = connection.keep(owner);
      return owner.arrived(false);
    }

    @Override
    public boolean open(Channel connection) {
      told.add("open");
      connection.closeFuture().addListener(_ -> told.add("channel closed"));
      return true;
    }

    @Override
    public void acceptFailed(Throwable cause) {
      throw new AssertionError(cause);
    }
  }

  private final class Owner implements KeptConnection.Owner {
    private final ByteBuf input = new UnpooledByteBufAllocator(true, true, false).directBuffer(16);
    private @Nullable KeptConnection connection;

    @Override
    public boolean arrived(boolean ended) {
      if (connection == null) {
        throw new AssertionError("not kept");
      }
      int received = connection.receive(input);
      told.add(received + (ended ? " ended" : ""));
      int said = received > 0 ? input.getByte(0) : received == 0 ? STAY : CLOSE;
      if (said == FAIL) {
        throw new IllegalStateException("as the test wants it");
      }
      if (said == BREAK) {
        throw new LinkageError("as the test wants it");
      }
      if (said == CLOSE) {
        connection.close();
        connection.close();
      }
      return said != OPEN;
    }

    @Override
    public void closed() {
      told.add("closed");
    }
  }

  private void say(Socket client, int what) throws IOException {
    client.getOutputStream().write(what);
  }

  private void assertTold(String... expected) throws InterruptedException {
    for (String each : expected) {
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(each);
    }
    assertThat(told).isEmpty();
  }

  private Socket connect(int first) throws IOException {
    int port =
        ListeningSockets.open(loops, TcpOptions.defaults(), List.of(new Service()))
            .addresses()
            .getFirst()
            .getPort();
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    say(client, first);
    return client;
  }

  @Test
  void theOwnerIsToldOfEachArrivalAndOfTheEnd() throws Exception {
    try (Socket client = connect(STAY)) {
      assertTold("1");
      say(client, STAY);
      assertTold("1");
      client.shutdownOutput();
      assertTold("-1 ended", "closed");
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void itsOwnerMayCloseItAtOnceOrLater() throws Exception {
    try (Socket client = connect(CLOSE)) {
      assertTold("1", "closed");
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    try (Socket client = connect(STAY)) {
      assertTold("1");
      say(client, CLOSE);
      assertTold("1", "closed");
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void itMayGetAChannelAtOnceOrLater() throws Exception {
    try (Socket _ = connect(OPEN)) {
      assertTold("1", "open");
    }
    assertTold("channel closed");
    try (Socket client = connect(STAY)) {
      assertTold("1");
      say(client, OPEN);
      assertTold("1", "open");
    }
    assertTold("channel closed");
  }

  @ParameterizedTest
  @ValueSource(ints = {FAIL, BREAK})
  void anErrorClosesItAndNoOther(int failure) throws Exception {
    try (Socket failing = connect(failure)) {
      assertTold("1", "closed");
      assertThat(failing.getInputStream().read()).isEqualTo(-1);
    }
    try (Socket failing = connect(STAY)) {
      assertTold("1");
      say(failing, failure);
      assertTold("1", "closed");
      assertThat(failing.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void theEndOfTheEventLoopClosesIt() throws Exception {
    try (Socket client = connect(STAY)) {
      assertTold("1");
      loops.close();
      assertTold("closed");
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }
}
