package io.trakx.netty.attack;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Announces from many addresses, each with an info-hash of its own, without a look at answers: one
 * thread that sends as fast as it can, or as it may.
 *
 * <p>It gives way to ordinary clients, which would otherwise wait for the core that it has before
 * they ask: attackers have machines of their own.
 */
final class UdpFlood implements AutoCloseable {
  private static final int NET = 90;
  private static final int ID = 0;
  private static final int INFO_HASH = 16;
  private static final int BURST = 64;
  private static final int NICE = 10;

  private final List<DatagramChannel> channels = new ArrayList<>();
  private final long[] ids;
  private final boolean guesses;
  private final long burstNanos;
  private final SplittableRandom random = new SplittableRandom(4);
  private final Thread thread = new Thread(this::run, "flood");
  private final ByteBuffer message = ByteBuffer.allocateDirect(UdpAsker.ANNOUNCE_BYTES);
  private volatile boolean stopped;
  private volatile long sent;

  private UdpFlood(InetSocketAddress server, int sources, boolean guesses, long burstNanos)
      throws IOException {
    this.guesses = guesses;
    this.burstNanos = burstNanos;
    ids = new long[sources];
    for (int i = 0; i < sources; i++) {
      InetSocketAddress source = Sources.of(NET, i);
      if (!guesses) {
        // The id is for the address, whatever the port.
        UdpAsker asker = new UdpAsker(server, source);
        ids[i] = asker.connect();
        asker.close();
      }
      DatagramChannel channel = DatagramChannel.open().bind(source).connect(server);
      channel.configureBlocking(false);
      channels.add(channel);
    }
    message.put(UdpAsker.announce(0, new byte[20], 6881, 1));
  }

  /** With the connection ids that the addresses were given, some of them each second. */
  static UdpFlood announcing(InetSocketAddress server, int sources, int perSecond)
      throws IOException {
    return new UdpFlood(server, sources, false, BURST * 1_000_000_000L / perSecond).begin();
  }

  /**
   * As many to somebody who reads none of them: what is slower then is the machine, which the
   * sender shares with those it attacks, and not the tracker.
   */
  static UdpFlood sparing(InetSocketAddress nobody, int sources, int perSecond) throws IOException {
    return new UdpFlood(nobody, sources, true, BURST * 1_000_000_000L / perSecond).begin();
  }

  /** With connection ids at random, at full speed. */
  static UdpFlood guessing(InetSocketAddress server, int sources) throws IOException {
    return new UdpFlood(server, sources, true, 0).begin();
  }

  /** For the calling thread; nice(2) is a thread's own on Linux. */
  @SuppressWarnings("restricted") // a function with the types that it has
  private static void giveWay() {
    Linker linker = Linker.nativeLinker();
    try {
      // The new value, which may be any: who starts the tests may have had another than 0.
      var _ =
          (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("nice"),
                      FunctionDescriptor.of(JAVA_INT, JAVA_INT))
                  .invokeExact(NICE);
    } catch (Throwable e) {
      throw new IllegalStateException("the flood does not give way", e);
    }
  }

  private UdpFlood begin() {
    thread.start();
    return this;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by this thread only
  private void run() {
    giveWay();
    long next = System.nanoTime();
    for (int i = 0; !stopped; i = i + 1 == ids.length ? 0 : i + 1) {
      LockSupport.parkNanos(next - System.nanoTime());
      next += burstNanos;
      for (int n = 0; n < BURST; n++) {
        message.putLong(ID, guesses ? random.nextLong() : ids[i]);
        message.putLong(INFO_HASH, random.nextLong()).putLong(INFO_HASH + 8, random.nextLong());
        message.clear();
        try {
          channels.get(i).write(message);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      sent += BURST;
    }
  }

  /** Datagrams sent so far. */
  long sent() {
    return sent;
  }

  /** Bytes that came back and were not fetched yet. */
  long received() throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(2048);
    long bytes = 0;
    for (DatagramChannel channel : channels) {
      while (channel.read(answer.clear()) > 0) {
        bytes += answer.position();
      }
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (DatagramChannel channel : channels) {
      channel.close();
    }
  }
}
