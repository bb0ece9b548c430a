package io.trakx.netty.transport;

/**
 * How datagram sockets are opened.
 *
 * @param receiveBufferBytes what the kernel is asked to let datagrams that wait to be read take up,
 *     for each socket; it caps the figure at {@code net.core.rmem_max}
 */
public record DatagramOptions(int receiveBufferBytes) {
  /** The most datagrams that one read takes (recvmmsg) before what was answered is flushed. */
  public static final int BATCH = 64;

  /**
   * Room for one datagram; what is longer is cut. The longest that means anything to us is a scrape
   * of 74 torrents, 1496 bytes. An odd number of cache lines, or the beginnings of a batch's
   * datagrams would compete for few sets of the cache.
   */
  public static final int MAX_DATAGRAM_BYTES = 25 * 64;

  /** Four mebibytes: some thousand announces. */
  public static DatagramOptions defaults() {
    return new DatagramOptions(4 << 20);
  }
}
