package io.trakx.netty.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Connections from many addresses that have sent something and read nothing yet; one thread's. */
final class ManyConnections implements AutoCloseable {
  private static final int NET = 91;
  private static final int PER_ADDRESS = 100;
  private static final int SMALL_BUFFER = 4096;
  private static final Duration TURN = Duration.ofSeconds(1);

  private final List<SocketChannel> channels = new ArrayList<>();
  private final List<Long> openedNanos = new ArrayList<>();

  private ManyConnections() {}

  /** Connects so often, each time with one of {@code first} in turn sent as far as it goes. */
  static ManyConnections open(InetSocketAddress server, int count, String... first)
      throws IOException {
    ManyConnections connections = new ManyConnections();
    List<ByteBuffer> messages =
        Stream.of(first).map(each -> ByteBuffer.wrap(each.getBytes(ISO_8859_1))).toList();
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open();
      connections.channels.add(channel);
      // Of what is not read, little waits here and the rest there.
      channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
      channel.bind(Sources.of(NET, i / PER_ADDRESS));
      channel.connect(server);
      channel.configureBlocking(false);
      channel.write(messages.get(i % messages.size()).rewind());
      connections.openedNanos.add(System.nanoTime());
    }
    return connections;
  }

  int count() {
    return channels.size();
  }

  /**
   * Sends a byte a second on each that is open, until none is.
   *
   * @return the longest time that one was open, in seconds
   */
  double dripUntilClosed(Duration limit) {
    return untilClosed(limit, ManyConnections::isClosedAfterAByte);
  }

  /**
   * Reads nothing on any, until none is open.
   *
   * @return the longest time that one was open, in seconds
   */
  double ignoreUntilClosed(Duration limit) {
    return untilClosed(limit, ManyConnections::isReset);
  }

  private double untilClosed(Duration limit, Predicate<SocketChannel> isClosed) {
    long end = System.nanoTime() + limit.toNanos();
    long longest = 0;
    boolean[] closed = new boolean[channels.size()];
    int left = channels.size();
    while (left > 0) {
      long turn = System.nanoTime();
      if (turn > end) {
        throw new AssertionError(left + " connections are open after " + limit);
      }
      for (int i = 0; i < closed.length; i++) {
        if (!closed[i] && isClosed.test(channels.get(i))) {
          closed[i] = true;
          left--;
          longest = Math.max(longest, System.nanoTime() - openedNanos.get(i));
        }
      }
      if (left > 0) {
        Wait.until(turn + TURN.toNanos());
      }
    }
    return longest / 1e9;
  }

  private static boolean isClosedAfterAByte(SocketChannel channel) {
    ByteBuffer answer = ByteBuffer.allocate(SMALL_BUFFER);
    try {
      channel.write(ByteBuffer.wrap(new byte[] {'x'}));
      int read = channel.read(answer);
      while (read > 0) {
        read = channel.read(answer.clear());
      }
      return read < 0;
    } catch (IOException e) {
      return true; // reset
    }
  }

  /** Whether it takes no byte any more; what can be read stays where it is. */
  private static boolean isReset(SocketChannel channel) {
    try {
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : channels) {
      // Without the minute that a port would be kept for.
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    }
  }
}
