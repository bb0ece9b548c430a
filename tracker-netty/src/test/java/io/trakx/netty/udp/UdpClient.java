package io.trakx.netty.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A client over UDP that speaks byte by byte, and can tell that it was not answered. */
final class UdpClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int MARK = 0x7a7a_0000;

  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private int questions;

  UdpClient(InetAddress from, InetSocketAddress server) throws IOException {
    this.server = server;
    socket = new DatagramSocket(0, from);
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  int port() {
    return socket.getLocalPort();
  }

  void send(byte[] request) throws IOException {
    socket.send(new DatagramPacket(request, request.length, server));
  }

  byte[] receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65536], 65536);
    try {
      socket.receive(packet);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no answer came", e);
    }
    assertThat(packet.getSocketAddress()).isEqualTo(server);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  byte[] ask(byte[] request) throws IOException {
    send(request);
    return receive();
  }

  /** A connection id of now. */
  long connect() throws IOException {
    int transaction = MARK | ++questions;
    ByteBuffer answer = ByteBuffer.wrap(ask(connectRequest(transaction)));
    assertThat(answer.remaining()).isEqualTo(16);
    assertThat(answer.getInt()).isZero();
    assertThat(answer.getInt()).isEqualTo(transaction);
    return answer.getLong();
  }

  /** Sends {@code request} and makes sure that nothing comes back before the answer to another. */
  void assertSilenceFor(byte[] request) throws IOException {
    send(request);
    connect();
  }

  static byte[] connectRequest(int transaction) {
    return ByteBuffer.allocate(16).putLong(0x41727101980L).putInt(0).putInt(transaction).array();
  }

  /** The text of an error, whose header is checked. */
  static String errorText(byte[] answer, int transaction) {
    ByteBuffer bytes = ByteBuffer.wrap(answer);
    assertThat(bytes.getInt()).isEqualTo(3);
    assertThat(bytes.getInt()).isEqualTo(transaction);
    return new String(answer, 8, answer.length - 8, UTF_8);
  }

  @Override
  public void close() {
    socket.close();
  }
}
