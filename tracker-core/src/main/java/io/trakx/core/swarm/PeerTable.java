package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.PeerAddress;

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
 * <p><b>Invariant: each role's peers are a random permutation.</b> A newcomer takes a random
 * ordinal and the peer there moves to the end (inside-out Fisher-Yates: Knuth, TAOCP 2, 3.4.2); the
 * last peer fills the gap of one who leaves. So any contiguous window is a fair sample.
 *
 * <p>Few peers are found by scanning the addresses, many through a {@link PeerIndex}. Guarded by
 * the stripe's lock.
 */
abstract sealed class PeerTable extends PeerIndex permits Ipv4PeerTable, Ipv6PeerTable {
  /** {@link #find}'s answer for an address that is not there. */
  static final int ABSENT = -1;

  /** A swarm with more peers than this has an index; a scan of as many takes some 30 ns. */
  static final int MAX_SCANNED = 40;

  /** Ages beyond wrap around: for the last twelve hours of 2^15 minutes, a peer is from ahead. */
  static final int MAX_AGE_MINUTES = (1 << 15) - 12 * 60;

  private static final int SEEN_BYTES = Short.BYTES;
  private static final int ROW_EXTRA_BYTES = SEEN_BYTES + Bytes20.BYTES;
  private static final int COMPLETED_FLAG = 0x8000;
  private static final int MINUTE_MASK = 0x7fff;
  private static final int LEECHER_BIT = 1;

  private byte[] rows;

  /** Peers that fit: the rows' length in rows, kept since a division costs as much as a search. */
  private int capacity;

  private int seeders;
  private int leechers;

  PeerTable() {
    rows = new byte[rowBytes()];
    capacity = 1;
  }

  /** Bytes of address and port. */
  abstract int compactBytes();

  /** Hashes an address with its port. */
  abstract int hash(SipHash sipHash, PeerAddress address);

  /** Hashes the address and port that lie at {@code offset}. */
  abstract int hashAt(SipHash sipHash, byte[] rows, int offset);

  /** Whether {@code address} lies at {@code offset}. */
  abstract boolean matches(byte[] rows, int offset, PeerAddress address);

  /**
   * The first of the slots from {@code from} to {@code to - 1} that holds it, or {@link #ABSENT}.
   */
  abstract int scan(byte[] rows, int from, int to, PeerAddress address);

  /** Writes address and port at {@code offset}. */
  abstract void write(byte[] rows, int offset, PeerAddress address);

  /** Reads the address, not the port, that lies at {@code offset}. */
  abstract void readAddress(byte[] rows, int offset, PeerAddress target);

  /** The place of the peer at {@code address}, or {@link #ABSENT}. */
  final int find(SipHash sipHash, PeerAddress address) {
    if (indexed()) {
      return findIndexed(hash(sipHash, address), address);
    }
    int slot = scan(rows, 0, seeders, address);
    if (slot >= 0) {
      return slot << 1;
    }
    int capacity = capacity();
    slot = scan(rows, capacity - leechers, capacity, address);
    return slot >= 0 ? ((capacity - 1 - slot) << 1) | LEECHER_BIT : ABSENT;
  }

  /** Adds a peer that is not there yet, and tells its place. */
  final int add(
      SipHash sipHash,
      FastRandom random,
      PeerAddress address,
      Bytes20 id,
      boolean seeder,
      int minute) {
    return insert(sipHash, random, address, id, seeder, minute & MINUTE_MASK);
  }

  /** Notes that the peer at {@code place} was seen, and what it calls itself now. */
  final void touch(int place, Bytes20 id, int minute) {
    int slot = slot(place);
    int offset = seenOffset(slot);
    int flag = Bytes.getChar(rows, offset) & COMPLETED_FLAG;
    Bytes.putChar(rows, offset, flag | (minute & MINUTE_MASK));
    id.write(rows, idOffset(slot));
  }

  /**
   * Moves the peer at {@code place}, whose address is given, to the other role, seen now.
   *
   * @return its new place
   */
  final int changeRole(
      SipHash sipHash, FastRandom random, int place, PeerAddress address, Bytes20 id, int minute) {
    boolean wasSeeder = isSeeder(place);
    int flag = Bytes.getChar(rows, seenOffset(slot(place))) & COMPLETED_FLAG;
    take(sipHash, place);
    return insert(sipHash, random, address, id, !wasSeeder, flag | (minute & MINUTE_MASK));
  }

  /**
   * Marks that the peer at {@code place} has completed the torrent.
   *
   * @return false if that was marked before
   */
  final boolean markCompleted(int place) {
    int offset = seenOffset(slot(place));
    int seen = Bytes.getChar(rows, offset);
    Bytes.putChar(rows, offset, seen | COMPLETED_FLAG);
    return (seen & COMPLETED_FLAG) == 0;
  }

  /** Removes the peer at {@code place}; the last of its role takes the place. */
  final void remove(SipHash sipHash, int place) {
    take(sipHash, place);
    int size = size();
    if (size > 0 && size <= capacity() / 2) {
      resize(size);
      if (size > MAX_SCANNED) {
        buildIndex(sipHash);
      } else {
        dropIndex();
      }
    }
  }

  /**
   * Minutes since the peer at {@code place} was seen, 0 to {@link #MAX_AGE_MINUTES}. A peer seen
   * after {@code minute}, which the clock may have passed since it was read, has age 0.
   */
  final int age(int place, int minute) {
    int age = (minute - Bytes.getChar(rows, seenOffset(slot(place)))) & MINUTE_MASK;
    return age > MAX_AGE_MINUTES ? 0 : age;
  }

  /** Reads the address, not the port, of the peer at {@code place}. */
  final void readAddress(int place, PeerAddress target) {
    readAddress(rows, slot(place) * compactBytes(), target);
  }

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

  /** Reads where the rows and their index begin; for {@link Prefetch}, so without the lock. */
  @SuppressWarnings("ReferenceEquality") // a table seen before it was written whole has no rows yet
  final int readRows() {
    byte[] read = rows;
    return (read == null ? 0 : read[0]) + readIndex();
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

  @Override
  final int hashAt(SipHash sipHash, int place) {
    return hashAt(sipHash, rows, addressOffset(slot(place)));
  }

  @Override
  final boolean matches(int place, PeerAddress address) {
    return matches(rows, addressOffset(slot(place)), address);
  }

  private int seenOffset(int slot) {
    return capacity() * compactBytes() + slot * SEEN_BYTES;
  }

  private int rowBytes() {
    return compactBytes() + ROW_EXTRA_BYTES;
  }

  private int insert(
      SipHash sipHash,
      FastRandom random,
      PeerAddress address,
      Bytes20 id,
      boolean seeder,
      int seen) {
    if (size() == capacity()) {
      resize(size() + 1);
    }
    int end = count(seeder);
    int ordinal = random.below(end + 1);
    int place = place(seeder, ordinal);
    if (ordinal != end) {
      move(sipHash, place, place(seeder, end));
    }
    int slot = slot(place);
    write(rows, addressOffset(slot), address);
    Bytes.putChar(rows, seenOffset(slot), seen);
    id.write(rows, idOffset(slot));
    adjust(seeder, 1);
    if (indexed()) {
      addToIndex(sipHash, hash(sipHash, address), place);
    } else if (size() > MAX_SCANNED) {
      buildIndex(sipHash);
    }
    return place;
  }

  private void take(SipHash sipHash, int place) {
    if (indexed()) {
      removeFromIndex(sipHash, place);
    }
    boolean seeder = isSeeder(place);
    int last = place(seeder, count(seeder) - 1);
    if (place != last) {
      move(sipHash, last, place);
    }
    adjust(seeder, -1);
  }

  private void adjust(boolean seeder, int by) {
    if (seeder) {
      seeders += by;
    } else {
      leechers += by;
    }
  }

  /** Copies a row over another one's and tells the index. */
  private void move(SipHash sipHash, int from, int to) {
    if (indexed()) {
      moveInIndex(hashAt(sipHash, from), from, to);
    }
    int source = slot(from);
    int target = slot(to);
    int width = compactBytes();
    System.arraycopy(rows, source * width, rows, target * width, width);
    Bytes.putChar(rows, seenOffset(target), Bytes.getChar(rows, seenOffset(source)));
    System.arraycopy(rows, idOffset(source), rows, idOffset(target), Bytes20.BYTES);
  }

  /** Makes room for {@code needed} peers and an eighth more; ordinals stay, so the index does. */
  private void resize(int needed) {
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
}
