package io.trakx.netty.snapshot;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.swarm.SwarmSlice;

/**
 * The layout of a snapshot. Integers are big-endian.
 *
 * <pre>
 * file      | magic 8 | version 4 | HEADER | SWARMS ... | PENDING ... | END |
 *
 * block     | kind 1 | length 4 | payload, length bytes | CRC32C 4, of all before |
 *
 * HEADER    | writer 16, a UUID | written at 8, milliseconds since 1970 |
 * SWARMS    slices, one after the other
 * PENDING   | sequence 8 | entry, 28 each ... |            one block at least
 * END       | slices 8 | peers 8 | pending entries 8 |
 *
 * slice     | info-hash 20 | completed 4 | flags 1 | peers 2 | columns, 28 or 40 a peer |
 * flags     bit 0: a database has a row of the torrent; 1: IPv6; 2: seeders
 * columns   addresses 6 or 18 each, then ages 2 each, then ids 20 each, as in {@link SwarmSlice}
 * entry     | info-hash 20 | pending 4 | in flight 4 |
 * </pre>
 *
 * <p>Slices of a torrent need not follow each other, and one may come twice. Ages are those of the
 * moment in the header; the pending completed downloads are those of the file's end.
 */
final class SnapshotFormat {
  /** {@code TRAKXSWM} in ASCII. */
  static final long MAGIC = 0x5452414b5853574dL;

  static final int VERSION = 1;
  static final int PREAMBLE_BYTES = Long.BYTES + Integer.BYTES;

  static final byte HEADER = 1;
  static final byte SWARMS = 2;
  static final byte PENDING = 3;
  static final byte END = 4;

  static final int BLOCK_PREFIX_BYTES = 1 + Integer.BYTES;
  static final int CHECKSUM_BYTES = Integer.BYTES;
  static final int HEADER_BYTES = 3 * Long.BYTES;
  static final int END_BYTES = 3 * Long.BYTES;
  static final int SLICE_PREFIX_BYTES = Bytes20.BYTES + Integer.BYTES + 1 + Short.BYTES;
  static final int PENDING_ENTRY_BYTES = Bytes20.BYTES + 2 * Integer.BYTES;

  /** The longest payload: the largest slice fits, and some thousand peers of small ones. */
  static final int MAX_PAYLOAD_BYTES = 256 * 1024;

  static final int STORED_FLAG = 1;
  static final int IPV6_FLAG = 1 << 1;
  static final int SEEDERS_FLAG = 1 << 2;
  static final int ALL_FLAGS = STORED_FLAG | IPV6_FLAG | SEEDERS_FLAG;

  private SnapshotFormat() {}

  /** Bytes of a slice of so many peers. */
  static int sliceBytes(AddressFamily family, int peers) {
    return SLICE_PREFIX_BYTES + peers * rowBytes(family);
  }

  private static int rowBytes(AddressFamily family) {
    return family.compactBytes() + SwarmSlice.AGE_BYTES + Bytes20.BYTES;
  }
}
