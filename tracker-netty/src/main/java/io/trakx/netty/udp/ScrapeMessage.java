package io.trakx.netty.udp;

import io.netty.buffer.ByteBuf;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.Scrape;

/**
 * A scrape of several torrents and its answer, in the same order (BEP 15).
 *
 * <pre>
 * byte       0        16          36
 * request    | header | info-hash | info-hash | ...
 *
 * byte       0          4             8         12          16         20
 * response   | action 2 | transaction | seeders | completed | leechers | seeders | ...
 * </pre>
 */
final class ScrapeMessage {
  /** The most torrents of a request: what BEP 15 says fits into a packet. */
  static final int MAX_INFO_HASHES = 74;

  /** Bytes of the shortest request. */
  static final int MIN_REQUEST_BYTES = RequestHeader.BYTES + Bytes20.BYTES;

  private static final int FIGURES_BYTES = 3 * Integer.BYTES;

  private final byte[] infoHashes = new byte[MAX_INFO_HASHES * Bytes20.BYTES];

  /** Bytes of a response about {@code torrents}. */
  static int responseBytes(int torrents) {
    return ResponseHeader.BYTES + torrents * FIGURES_BYTES;
  }

  /**
   * Takes as many whole info-hashes out of {@code in} as there are and {@code scrape} has room for.
   */
  void read(ByteBuf in, Scrape scrape) {
    scrape.reset();
    int bytes = Math.min(in.readableBytes() - RequestHeader.BYTES, infoHashes.length);
    in.getBytes(in.readerIndex() + RequestHeader.BYTES, infoHashes, 0, bytes);
    for (int at = 0; at + Bytes20.BYTES <= bytes; at += Bytes20.BYTES) {
      if (!scrape.add(infoHashes, at)) {
        return;
      }
    }
  }

  static void write(ByteBuf out, int transaction, Scrape scrape) {
    ResponseHeader.write(out, Action.SCRAPE, transaction);
    for (int i = 0; i < scrape.size(); i++) {
      out.writeInt(scrape.complete(i))
          .writeInt(scrape.downloaded(i))
          .writeInt(scrape.incomplete(i));
    }
  }
}
