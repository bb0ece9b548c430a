package io.trakx.netty.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A thread that sends random bytes and changed announces over UDP, these with a connection id that
 * is right.
 */
final class UdpNonsense implements AutoCloseable {
  private static final InetSocketAddress SOURCE = Sources.of(93, 1);
  private static final int MOST_BYTES = 2000;
  private static final int ID_BYTES = 8;

  /** So many one after the other, and then a rest: others have to get a turn. */
  private static final int BURST = 100;

  private static final long REST_NANOS = 5_000_000;

  private final InetSocketAddress server;
  private final DatagramSocket socket;
  private final long id;
  private final SplittableRandom random = new SplittableRandom(7);
  private final Thread thread = new Thread(this::run, "udp-nonsense");
  private volatile boolean stopped;
  private volatile int sent;

  private UdpNonsense(InetSocketAddress server) throws IOException {
    this.server = server;
    UdpAsker asker = new UdpAsker(server, SOURCE);
    id = asker.connect();
    asker.close();
    socket = new DatagramSocket(SOURCE);
  }

  /** Begins. */
  static UdpNonsense start(InetSocketAddress server) throws IOException {
    UdpNonsense nonsense = new UdpNonsense(server);
    nonsense.thread.start();
    return nonsense;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by this thread only
  private void run() {
    while (!stopped) {
      for (int i = 0; i < BURST; i++) {
        byte[] message = random.nextBoolean() ? noise() : mutated();
        try {
          socket.send(new DatagramPacket(message, message.length, server));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      sent += BURST;
      Wait.until(System.nanoTime() + REST_NANOS);
    }
  }

  private byte[] noise() {
    byte[] noise = new byte[random.nextInt(MOST_BYTES)];
    random.nextBytes(noise);
    return noise;
  }

  private byte[] mutated() {
    byte[] message = UdpAsker.announce(id, new byte[20], 1, 0).array();
    byte[] longer = Arrays.copyOf(message, random.nextInt(ID_BYTES + 1, 2 * message.length));
    for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
      longer[random.nextInt(ID_BYTES, longer.length)] = (byte) random.nextInt();
    }
    return longer;
  }

  /** Datagrams sent. */
  int sent() {
    return sent;
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    socket.close();
  }
}
