package io.trakx.netty.scrape;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.trakx.core.access.AccessLists;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.bencode.BencodeWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes the figures of every torrent of a store, sorted, as one bencoded scrape (BEP 48).
 *
 * <p>One pass over the store copies all figures into a bucket for each first byte of an info-hash;
 * then bucket after bucket is sorted and written. So the store's locks are held for copying only,
 * and beside the copy, of 32 bytes a torrent, a 256th of it is in work at a time.
 */
final class FullScrapeWriter {
  private static final int BUCKETS = 256;
  private static final int ROW_BYTES = Bytes20.BYTES + 3 * Integer.BYTES;
  private static final int TORRENTS_AT_A_TIME = 512;

  private final BencodeWriter writer = new BencodeWriter();
  private final Scrape scrape = new Scrape(TORRENTS_AT_A_TIME);
  private final int minIntervalSeconds;

  FullScrapeWriter(int minIntervalSeconds) {
    this.minIntervalSeconds = minIntervalSeconds;
  }

  /** Writes all torrents of {@code store} that {@code lists} permit. */
  void write(SwarmStore store, AccessLists lists, OutputStream out) throws IOException {
    ByteArrayOutputStream[] buckets = copy(store, lists);
    ByteBuf buffer = Unpooled.buffer();
    writer.openScrape(buffer);
    for (int i = 0; i < BUCKETS; i++) {
      byte[][] rows = sortedRows(buckets[i].toByteArray());
      buckets[i].reset();
      for (byte[] row : rows) {
        add(row);
        if (scrape.size() == scrape.capacity()) {
          flush(buffer, out);
        }
      }
    }
    flush(buffer, out);
    writer.closeScrape(buffer, minIntervalSeconds);
    flush(buffer, out);
  }

  private static ByteArrayOutputStream[] copy(SwarmStore store, AccessLists lists) {
    ByteArrayOutputStream[] buckets = new ByteArrayOutputStream[BUCKETS];
    Arrays.setAll(buckets, i -> new ByteArrayOutputStream());
    byte[] row = new byte[ROW_BYTES];
    ByteBuffer figures = ByteBuffer.wrap(row);
    store.forEach(
        (infoHash, complete, incomplete, downloaded) -> {
          if (lists.permits(infoHash)) {
            infoHash.write(row, 0);
            figures.position(Bytes20.BYTES).putInt(complete).putInt(incomplete).putInt(downloaded);
            buckets[row[0] & 0xff].write(row, 0, ROW_BYTES);
          }
        });
    return buckets;
  }

  private static byte[][] sortedRows(byte[] bucket) {
    byte[][] rows = new byte[bucket.length / ROW_BYTES][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(bucket, i * ROW_BYTES, (i + 1) * ROW_BYTES));
    Arrays.sort(
        rows, (a, b) -> Arrays.compareUnsigned(a, 0, Bytes20.BYTES, b, 0, Bytes20.BYTES));
    return rows;
  }

  private void add(byte[] row) {
    ByteBuffer figures = ByteBuffer.wrap(row, Bytes20.BYTES, ROW_BYTES - Bytes20.BYTES);
    scrape.add(row, 0);
    scrape.figures(scrape.size() - 1, figures.getInt(), figures.getInt(), figures.getInt());
  }

  private void flush(ByteBuf buffer, OutputStream out) throws IOException {
    writer.writeScrapeFiles(buffer, scrape);
    scrape.reset();
    buffer.readBytes(out, buffer.readableBytes());
    buffer.clear();
  }
}
