package io.trakx.netty.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.CRC32C;

/** Reads a snapshot's preamble and blocks, and lets nothing pass that was not written so. */
final class BlockReader {
  private final ByteBuffer buffer =
      ByteBuffer.allocate(
          SnapshotFormat.BLOCK_PREFIX_BYTES
              + SnapshotFormat.MAX_PAYLOAD_BYTES
              + SnapshotFormat.CHECKSUM_BYTES);
  private final CRC32C checksum = new CRC32C();
  private final ReadableByteChannel channel;
  private long bytes;

  BlockReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /** Reads what comes before the blocks. */
  void preamble() throws IOException {
    buffer.clear();
    if (!fill(SnapshotFormat.PREAMBLE_BYTES) || buffer.getLong(0) != SnapshotFormat.MAGIC) {
      throw new DamagedSnapshotException("it is no snapshot of Trakx");
    }
    int version = buffer.getInt(Long.BYTES);
    if (version != SnapshotFormat.VERSION) {
      throw new DamagedSnapshotException(
          "it has version %s of the format, not %d: another Trakx wrote it"
              .formatted(Integer.toUnsignedString(version), SnapshotFormat.VERSION));
    }
  }

  /** Reads a block, of which {@link #payload} then is the content, and tells its kind. */
  byte next() throws IOException {
    long start = bytes;
    buffer.clear();
    need(SnapshotFormat.BLOCK_PREFIX_BYTES, start);
    int length = buffer.getInt(1);
    if (length < 0 || length > SnapshotFormat.MAX_PAYLOAD_BYTES) {
      throw damaged(start);
    }
    need(length + SnapshotFormat.CHECKSUM_BYTES, start);
    int end = SnapshotFormat.BLOCK_PREFIX_BYTES + length;
    checksum.reset();
    checksum.update(buffer.array(), 0, end);
    if ((int) checksum.getValue() != buffer.getInt(end)) {
      throw damaged(start);
    }
    buffer.position(SnapshotFormat.BLOCK_PREFIX_BYTES).limit(end);
    return buffer.get(0);
  }

  /** The content of the block read last, from its position to its limit. */
  ByteBuffer payload() {
    return buffer;
  }

  /** Makes sure that nothing follows. */
  void end() throws IOException {
    buffer.clear();
    if (fill(1)) {
      throw new DamagedSnapshotException("something follows its end");
    }
  }

  /** Bytes read so far. */
  long bytes() {
    return bytes;
  }

  private static DamagedSnapshotException damaged(long start) {
    return new DamagedSnapshotException("the block at byte %d is damaged".formatted(start));
  }

  private void need(int more, long start) throws IOException {
    if (!fill(more)) {
      throw new DamagedSnapshotException("it ends within the block at byte %d".formatted(start));
    }
  }

  /** Reads so many bytes more; false if there are not as many. */
  private boolean fill(int more) throws IOException {
    buffer.limit(buffer.position() + more);
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer);
      if (read < 0) {
        return false;
      }
      bytes += read;
    }
    return true;
  }
}
