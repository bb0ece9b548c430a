package io.trakx.netty.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection on its bare descriptor. */
class FreshConnectionTest {
  private static final int SEND_BUFFER_BYTES = 4096;

  private final java.net.Socket client = new java.net.Socket();
  private final ByteBuffer address = ByteBuffer.allocate(FreshConnection.ADDRESS_BYTES);
  private FreshConnection connection;

  @BeforeEach
  void connect() throws IOException {
    assumeTrue(TransportType.EPOLL.isAvailable(), "this machine has no epoll");
    Socket listening = Socket.newSocketStream();
    listening.setSendBufferSize(SEND_BUFFER_BYTES);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listening.listen(1);
    client.connect(listening.localAddress());
    connection = new FreshConnection(listening.accept(address.array()), address);
    listening.close();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    connection.socket().close();
  }

  @Test
  void nothingHasArrivedYetThenSomethingThenTheEnd() throws IOException {
    ByteBuf target = Unpooled.directBuffer(16);
    assertThat(connection.receive(target)).isZero();
    client.getOutputStream().write(new byte[] {1, 2, 3});
    assertThat(connection.receive(target)).isEqualTo(3);
    assertThat(target.getByte(2)).isEqualTo((byte) 3);
    client.shutdownOutput();
    assertThat(connection.receive(target)).isEqualTo(BareConnection.CLOSED);
    target.release();
  }

  @Test
  void whatTheSystemDoesNotTakeIsLeft() throws IOException {
    ByteBuf answer = Unpooled.directBuffer().writeZero(1 << 20);
    assertThat(connection.send(answer)).isTrue();
    assertThat(answer.readableBytes()).isBetween(1, (1 << 20) - 1);
    int sent = (1 << 20) - answer.readableBytes();
    connection.socket().close();
    try (InputStream in = client.getInputStream()) {
      assertThat(in.readAllBytes()).hasSize(sent);
    }
    answer.release();
  }

  @Test
  void aClientThatIsGoneIsTold() throws IOException {
    client.setSoLinger(true, 0);
    client.close();
    ByteBuf answer = Unpooled.directBuffer().writeZero(100);
    assertThat(connection.send(answer)).isFalse();
    assertThat(connection.receive(answer)).isEqualTo(BareConnection.CLOSED);
    answer.release();
  }
}
