package io.trakx.netty.snapshot;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.swarm.PendingCompletions;
import io.trakx.core.swarm.SwarmImport;
import io.trakx.core.swarm.SwarmSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads one snapshot: first the header, then the rest. */
final class SnapshotReader {
  private final BlockReader blocks;
  private final SwarmSlice slice = new SwarmSlice();
  private final byte[] hash = new byte[Bytes20.BYTES];
  private @Nullable PendingCompletions pending;
  private long slices;
  private long peers;

  SnapshotReader(ReadableByteChannel channel) {
    blocks = new BlockReader(channel);
  }

  SnapshotHeader header() throws IOException {
    blocks.preamble();
    if (blocks.next() != SnapshotFormat.HEADER) {
      throw new DamagedSnapshotException("it has no header");
    }
    ByteBuffer payload = need(SnapshotFormat.HEADER_BYTES);
    UUID writer = new UUID(payload.getLong(), payload.getLong());
    return new SnapshotHeader(writer, Instant.ofEpochMilli(payload.getLong()));
  }

  /**
   * Reads all swarms into {@code target}.
   *
   * @return the completed downloads that had not reached the database
   * @throws DamagedSnapshotException at the first block that is damaged; those before were read
   */
  PendingCompletions rest(SwarmImport target) throws IOException {
    while (true) {
      switch (blocks.next()) {
        case SnapshotFormat.SWARMS -> readSwarms(target);
        case SnapshotFormat.PENDING -> pending = readPending(pending);
        case SnapshotFormat.END -> {
          return readEnd();
        }
        default -> throw new DamagedSnapshotException("it has a block of an unknown kind");
      }
    }
  }

  private void readSwarms(SwarmImport target) throws IOException {
    while (blocks.payload().hasRemaining()) {
      ByteBuffer payload = need(SnapshotFormat.SLICE_PREFIX_BYTES);
      readHash(slice.infoHash());
      int completed = payload.getInt();
      int flags = payload.get();
      int size = Short.toUnsignedInt(payload.getShort());
      if (completed < 0
          || (flags & ~SnapshotFormat.ALL_FLAGS) != 0
          || size > SwarmSlice.MAX_PEERS) {
        throw new DamagedSnapshotException("it has a swarm that cannot be");
      }
      boolean ipv6 = (flags & SnapshotFormat.IPV6_FLAG) != 0;
      AddressFamily family = ipv6 ? AddressFamily.IPV6 : AddressFamily.IPV4;
      need(SnapshotFormat.sliceBytes(family, size) - SnapshotFormat.SLICE_PREFIX_BYTES);
      slice.torrent(completed, (flags & SnapshotFormat.STORED_FLAG) != 0);
      slice.peers(family, (flags & SnapshotFormat.SEEDERS_FLAG) != 0, size);
      payload.get(slice.addresses(), 0, size * family.compactBytes());
      payload.get(slice.ages(), 0, size * SwarmSlice.AGE_BYTES);
      payload.get(slice.ids(), 0, size * Bytes20.BYTES);
      target.add(slice);
      slices++;
      peers += size;
    }
  }

  private PendingCompletions readPending(@Nullable PendingCompletions before) throws IOException {
    ByteBuffer payload = need(Long.BYTES);
    long sequence = payload.getLong();
    PendingCompletions all = before == null ? new PendingCompletions(sequence) : before;
    Bytes20 infoHash = new Bytes20();
    while (payload.hasRemaining()) {
      need(SnapshotFormat.PENDING_ENTRY_BYTES);
      readHash(infoHash);
      int count = payload.getInt();
      int inFlight = payload.getInt();
      if (count < 1 || inFlight < 0 || inFlight > count) {
        throw new DamagedSnapshotException("it has completed downloads that cannot be");
      }
      all.add(infoHash, count, inFlight);
    }
    return all;
  }

  private PendingCompletions readEnd() throws IOException {
    ByteBuffer payload = need(SnapshotFormat.END_BYTES);
    PendingCompletions all = pending;
    if (payload.getLong() != slices
        || payload.getLong() != peers
        || all == null
        || payload.getLong() != all.size()) {
      throw new DamagedSnapshotException("parts of it are missing");
    }
    blocks.end();
    return all;
  }

  private void readHash(Bytes20 target) {
    blocks.payload().get(hash);
    target.read(hash, 0);
  }

  /** The payload, which must have so many bytes left. */
  private ByteBuffer need(int bytes) throws IOException {
    if (blocks.payload().remaining() < bytes) {
      throw new DamagedSnapshotException("it has a block that is too short");
    }
    return blocks.payload();
  }
}
