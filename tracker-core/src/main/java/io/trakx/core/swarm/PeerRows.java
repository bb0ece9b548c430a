package io.trakx.core.swarm;

import io.trakx.core.protocol.Bytes20;

/**
 * The peers of one family in one swarm, seeders and leechers apart, in the columns of one array.
 *
 * <pre>
 * slot       0 ... seeders-1 | free | capacity-leechers ... capacity-1
 *
 * addresses  compactBytes each: address and port in wire form       capacity × 6 or 18
 * seen       16 bits each: completed-once flag, minute last seen    capacity × 2
 * ids        20 bytes each: peer id                                 capacity × 20
 * </pre>
 *
 * <p>Seeders grow from the left, leechers from the right. A peer's <em>ordinal</em> counts from its
 * role's edge and does not change when the array is resized; its <em>place</em> is the ordinal with
 * the role in the lowest bit.
 *
 * <p>The superclass of the table that finds peers in it, as the index is its own, for the fields to
 * lie in one object. Guarded by the stripe's lock.
 */
abstract sealed class PeerRows extends PeerIndex permits PeerTable {
  /** Ages beyond wrap around: for the last twelve hours of 2^15 minutes, a peer is from ahead. */
  static final int MAX_AGE_MINUTES = (1 << 15) - 12 * 60;

  static final int SEEN_BYTES = Short.BYTES;
  static final int COMPLETED_FLAG = 0x8000;
  static final int MINUTE_MASK = 0x7fff;

  private static final int ROW_EXTRA_BYTES = SEEN_BYTES + Bytes20.BYTES;
  private static final int LEECHER_BIT = 1;

  private byte[] rows;

  /** Peers that fit: the rows' length in rows, kept since a division costs as much as a search. */
  private int capacity;

  private int seeders;
  private int leechers;

  PeerRows() {
    rows = new byte[rowBytes()];
    capacity = 1;
  }

  /** Bytes of address and port. */
  abstract int compactBytes();

  static boolean isSeeder(int place) {
    return (place & LEECHER_BIT) == 0;
  }

  /** The place of the {@code ordinal}th peer of a role. */
  static int place(boolean seeder, int ordinal) {
    return (ordinal << 1) | (seeder ? 0 : LEECHER_BIT);
  }

  @Override
  final int count(boolean seeder) {
    return seeder ? seeders : leechers;
  }

  final int seeders() {
    return seeders;
  }

  final int leechers() {
    return leechers;
  }

  @Override
  final int size() {
    return seeders + leechers;
  }

  /** How many peers fit before the array grows. */
  final int capacity() {
    return capacity;
  }

  /** The array; see the class's layout. */
  final byte[] rows() {
    return rows;
  }

  /** The slot of a place. */
  final int slot(int place) {
    int ordinal = place >>> 1;
    return isSeeder(place) ? ordinal : capacity() - 1 - ordinal;
  }

  /** The first slot of a role; its peers lie from here on without a gap. */
  final int firstSlot(boolean seeder) {
    return seeder ? 0 : capacity() - leechers;
  }

  final int addressOffset(int slot) {
    return slot * compactBytes();
  }

  final int idOffset(int slot) {
    return capacity() * (compactBytes() + SEEN_BYTES) + slot * Bytes20.BYTES;
  }

  /** The completed-once flag and the minute last seen of a slot. */
  final int seen(int slot) {
    return Bytes.getChar(rows, seenOffset(slot));
  }

  final void putSeen(int slot, int seen) {
    Bytes.putChar(rows, seenOffset(slot), seen);
  }

  /**
   * Minutes since the peer at {@code place} was seen, 0 to {@link #MAX_AGE_MINUTES}. A peer seen
   * after {@code minute}, which the clock may have passed since it was read, has age 0.
   */
  final int age(int place, int minute) {
    int age = (minute - seen(slot(place))) & MINUTE_MASK;
    return age > MAX_AGE_MINUTES ? 0 : age;
  }

  /** Copies a row over another one. */
  final void copyRow(int source, int target) {
    int width = compactBytes();
    System.arraycopy(rows, source * width, rows, target * width, width);
    putSeen(target, seen(source));
    System.arraycopy(rows, idOffset(source), rows, idOffset(target), Bytes20.BYTES);
  }

  /** Copies a run of peers of one role, as they are at {@code minute}, to a slice. */
  final void copyTo(SwarmSlice slice, boolean seeder, int ordinal, int count, int minute) {
    int slot = seeder ? ordinal : capacity - ordinal - count;
    System.arraycopy(rows, addressOffset(slot), slice.addresses(), 0, count * compactBytes());
    System.arraycopy(rows, idOffset(slot), slice.ids(), 0, count * Bytes20.BYTES);
    for (int i = 0; i < count; i++) {
      int age = (minute - seen(slot + i)) & MINUTE_MASK;
      int flag = seen(slot + i) & COMPLETED_FLAG;
      Bytes.putChar(slice.ages(), i * SEEN_BYTES, flag | (age > MAX_AGE_MINUTES ? 0 : age));
    }
  }

  /** Makes room for so many peers more. */
  final void reserve(int more) {
    if (size() + more > capacity) {
      resize(size() + more);
    }
  }

  final void adjust(boolean seeder, int by) {
    if (seeder) {
      seeders += by;
    } else {
      leechers += by;
    }
  }

  /** Makes room for {@code needed} peers and an eighth more; ordinals stay, so the index does. */
  final void resize(int needed) {
    int slack = needed < 4 ? 0 : Math.max(1, needed / 8);
    int newCapacity = needed + slack;
    byte[] target = new byte[Math.multiplyExact(newCapacity, rowBytes())];
    int width = compactBytes();
    copyColumn(target, 0, width, newCapacity);
    copyColumn(target, width, SEEN_BYTES, newCapacity);
    copyColumn(target, width + SEEN_BYTES, Bytes20.BYTES, newCapacity);
    rows = target;
    capacity = newCapacity;
  }

  /** Copies both ends of the column that {@code before} bytes a row precede. */
  private void copyColumn(byte[] target, int before, int width, int newCapacity) {
    int column = before * capacity();
    int newColumn = before * newCapacity;
    System.arraycopy(rows, column, target, newColumn, seeders * width);
    int length = leechers * width;
    int end = column + capacity() * width;
    int newEnd = newColumn + newCapacity * width;
    System.arraycopy(rows, end - length, target, newEnd - length, length);
  }

  private int seenOffset(int slot) {
    return capacity() * compactBytes() + slot * SEEN_BYTES;
  }

  private int rowBytes() {
    return compactBytes() + ROW_EXTRA_BYTES;
  }
}
