package io.trakx.netty.snapshot;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.swarm.PendingCompletions;
import io.trakx.core.swarm.SwarmExport;
import io.trakx.core.swarm.SwarmSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes one snapshot, its parts in the order of the methods. */
final class SnapshotWriter {
  private final BlockWriter blocks;
  private final byte[] hash = new byte[Bytes20.BYTES];
  private long slices;
  private long peers;
  private long pendingEntries;

  SnapshotWriter(WritableByteChannel channel) {
    blocks = new BlockWriter(channel);
  }

  void header(SnapshotHeader header) throws IOException {
    blocks.preamble();
    blocks
        .begin(SnapshotFormat.HEADER)
        .putLong(header.writer().getMostSignificantBits())
        .putLong(header.writer().getLeastSignificantBits())
        .putLong(header.writtenAt().toEpochMilli());
    blocks.end();
  }

  /**
   * Writes all that {@code export} shows.
   *
   * @param rest called after each bounded part, may take its time
   */
  void swarms(SwarmExport export, Runnable rest) throws IOException {
    SwarmSlice slice = new SwarmSlice();
    ByteBuffer payload = blocks.begin(SnapshotFormat.SWARMS);
    while (export.next(slice)) {
      if (!blocks.hasRoom(SnapshotFormat.sliceBytes(slice.family(), slice.size()))) {
        blocks.end();
        blocks.begin(SnapshotFormat.SWARMS);
      }
      put(slice, payload);
      rest.run();
    }
    if (blocks.hasPayload()) {
      blocks.end();
    }
  }

  void pending(PendingCompletions pending) throws IOException {
    Bytes20 infoHash = new Bytes20();
    ByteBuffer payload = blocks.begin(SnapshotFormat.PENDING).putLong(pending.sequence());
    for (int i = 0; i < pending.size(); i++) {
      if (!blocks.hasRoom(SnapshotFormat.PENDING_ENTRY_BYTES)) {
        blocks.end();
        blocks.begin(SnapshotFormat.PENDING).putLong(pending.sequence());
      }
      pending.infoHash(i, infoHash);
      put(infoHash, payload);
      payload.putInt(pending.pending(i)).putInt(pending.inFlight(i));
    }
    blocks.end();
    pendingEntries = pending.size();
  }

  /** Writes the end, and tells what was written. */
  WrittenSnapshot end() throws IOException {
    blocks.begin(SnapshotFormat.END).putLong(slices).putLong(peers).putLong(pendingEntries);
    blocks.end();
    return new WrittenSnapshot(peers, pendingEntries, blocks.bytes());
  }

  private void put(SwarmSlice slice, ByteBuffer payload) {
    AddressFamily family = slice.family();
    int size = slice.size();
    put(slice.infoHash(), payload);
    payload.putInt(slice.completed());
    payload.put(
        (byte)
            ((slice.stored() ? SnapshotFormat.STORED_FLAG : 0)
                | (family == AddressFamily.IPV6 ? SnapshotFormat.IPV6_FLAG : 0)
                | (slice.seeder() ? SnapshotFormat.SEEDERS_FLAG : 0)));
    payload.putShort((short) size);
    payload.put(slice.addresses(), 0, size * family.compactBytes());
    payload.put(slice.ages(), 0, size * SwarmSlice.AGE_BYTES);
    payload.put(slice.ids(), 0, size * Bytes20.BYTES);
    slices++;
    peers += size;
  }

  private void put(Bytes20 infoHash, ByteBuffer payload) {
    infoHash.write(hash, 0);
    payload.put(hash);
  }
}
