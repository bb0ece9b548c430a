package io.trakx.netty.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Announces over UDP (BEP 15), and sends again what is not answered. */
final class UdpAsker implements NormalClient.Asker {
  static final long PROTOCOL = 0x41727101980L;
  static final int CONNECT = 0;
  static final int ANNOUNCE = 1;
  static final int ANNOUNCE_BYTES = 98;
  private static final int EVENT = 80;
  private static final List<String> EVENTS = List.of("", "completed", "started", "stopped");
  private static final int CONNECT_BYTES = 16;
  private static final int ANSWER_HEAD = 20;

  /** BEP 15 would have it 15 s first, then twice that; who tests has less time. */
  private static final int PATIENCE_MILLIS = 500;

  private static final int MOST_TRIES = 20;
  private static final long ID_NANOS = 60_000_000_000L;

  private final DatagramSocket socket;
  private final byte[] received = new byte[2048];
  private int transaction = 1;
  private long id;
  private long idNanos;
  private boolean connected;
  private volatile int retries;

  UdpAsker(InetSocketAddress server, InetSocketAddress source) throws IOException {
    socket = new DatagramSocket(source);
    socket.connect(server);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Asks for a connection id, unless there is a fresh one. */
  long connect() throws IOException {
    if (!connected || System.nanoTime() - idNanos > ID_NANOS) {
      byte[] request = ByteBuffer.allocate(CONNECT_BYTES).putLong(PROTOCOL).putInt(CONNECT).array();
      id = ask(request).getLong(8);
      idNanos = System.nanoTime();
      connected = true;
    }
    return id;
  }

  /** An announce as it is sent. */
  static ByteBuffer announce(long id, byte[] infoHash, int port, int left) {
    ByteBuffer message = ByteBuffer.allocate(ANNOUNCE_BYTES);
    message.putLong(id).putInt(ANNOUNCE).putInt(0).put(infoHash);
    message.put("-NC0000-%012d".formatted(port).getBytes(ISO_8859_1));
    message.putLong(0).putLong(left).putLong(0).putInt(0).putInt(0).putInt(0).putInt(-1);
    return message.putShort((short) port).flip();
  }

  @Override
  public NormalClient.Answer announce(String infoHash, int port, int left, String event)
      throws IOException {
    byte[] request = announce(connect(), infoHash.getBytes(ISO_8859_1), port, left).array();
    ByteBuffer.wrap(request).putInt(EVENT, EVENTS.indexOf(event));
    ByteBuffer answer = ask(request);
    if (answer.getInt(0) != ANNOUNCE) {
      throw new IOException("an answer to something else: " + answer.getInt(0));
    }
    List<Integer> ports = new ArrayList<>();
    for (int at = ANSWER_HEAD; at < answer.limit(); at += 6) {
      ports.add(answer.getShort(at + 4) & 0xffff);
    }
    return new NormalClient.Answer(answer.getInt(16), answer.getInt(12), ports);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by one thread
  private ByteBuffer ask(byte[] request) throws IOException {
    ByteBuffer.wrap(request).putInt(12, ++transaction);
    for (int i = 0; i < MOST_TRIES; i++) {
      socket.send(new DatagramPacket(request, request.length));
      try {
        while (true) {
          DatagramPacket answer = new DatagramPacket(received, received.length);
          socket.receive(answer);
          ByteBuffer bytes = ByteBuffer.wrap(received, 0, answer.getLength()).slice();
          if (bytes.getInt(4) == transaction) {
            return bytes;
          }
        }
      } catch (SocketTimeoutException e) {
        retries++;
      }
    }
    throw new IOException("no answer to " + MOST_TRIES + " datagrams");
  }

  @Override
  public int retries() {
    return retries;
  }

  @Override
  public void close() {
    socket.close();
  }
}
