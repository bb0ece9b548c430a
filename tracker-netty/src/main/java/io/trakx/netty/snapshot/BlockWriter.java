package io.trakx.netty.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32C;

/** Writes a snapshot's preamble and blocks through one buffer. */
final class BlockWriter {
  private final ByteBuffer buffer =
      ByteBuffer.allocate(
          SnapshotFormat.BLOCK_PREFIX_BYTES
              + SnapshotFormat.MAX_PAYLOAD_BYTES
              + SnapshotFormat.CHECKSUM_BYTES);
  private final CRC32C checksum = new CRC32C();
  private final WritableByteChannel channel;
  private long bytes;

  BlockWriter(WritableByteChannel channel) {
    this.channel = channel;
  }

  /** Writes what comes before the blocks. */
  void preamble() throws IOException {
    buffer.clear().putLong(SnapshotFormat.MAGIC).putInt(SnapshotFormat.VERSION);
    write();
  }

  /** Begins a block; what is put into the buffer returned is its payload. */
  ByteBuffer begin(byte kind) {
    // The length is put in when it is known.
    return buffer.clear().put(kind).position(SnapshotFormat.BLOCK_PREFIX_BYTES);
  }

  /** Whether the payload of the block that was begun has room for so many bytes more. */
  boolean hasRoom(int more) {
    return buffer.remaining() - SnapshotFormat.CHECKSUM_BYTES >= more;
  }

  /** Whether the block that was begun has any payload. */
  boolean hasPayload() {
    return buffer.position() > SnapshotFormat.BLOCK_PREFIX_BYTES;
  }

  /** Writes the block that was begun. */
  void end() throws IOException {
    buffer.putInt(1, buffer.position() - SnapshotFormat.BLOCK_PREFIX_BYTES);
    checksum.reset();
    checksum.update(buffer.array(), 0, buffer.position());
    buffer.putInt((int) checksum.getValue());
    write();
  }

  /** Bytes written so far. */
  long bytes() {
    return bytes;
  }

  private void write() throws IOException {
    buffer.flip();
    bytes += buffer.remaining();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
