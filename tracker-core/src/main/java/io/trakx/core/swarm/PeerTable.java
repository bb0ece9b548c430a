package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.PeerAddress;

/**
 * The peers of one family in one swarm: who they are, found by their addresses.
 *
 * <p><b>Invariant: each role's peers are a random permutation.</b> A newcomer takes a random
 * ordinal and the peer there moves to the end (inside-out Fisher-Yates: Knuth, TAOCP 2, 3.4.2); the
 * last peer fills the gap of one who leaves. So any contiguous window is a fair sample. What is
 * brought back from a snapshot comes as it lay there, which was such a permutation.
 *
 * <p>Few peers are found by scanning the addresses, many through a {@link PeerIndex}. Guarded by
 * the stripe's lock.
 */
abstract sealed class PeerTable extends PeerRows permits Ipv4PeerTable, Ipv6PeerTable {
  /** {@link #find}'s answer for an address that is not there. */
  static final int ABSENT = -1;

  /** A swarm with more peers than this has an index; a scan of as many takes some 30 ns. */
  static final int MAX_SCANNED = 40;

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
    int slot = scan(rows(), 0, seeders(), address);
    if (slot >= 0) {
      return place(true, slot);
    }
    int capacity = capacity();
    slot = scan(rows(), capacity - leechers(), capacity, address);
    return slot >= 0 ? place(false, capacity - 1 - slot) : ABSENT;
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
    putSeen(slot, (seen(slot) & COMPLETED_FLAG) | (minute & MINUTE_MASK));
    id.write(rows(), idOffset(slot));
  }

  /**
   * Moves the peer at {@code place}, whose address is given, to the other role, seen now.
   *
   * @return its new place
   */
  final int changeRole(
      SipHash sipHash, FastRandom random, int place, PeerAddress address, Bytes20 id, int minute) {
    boolean wasSeeder = isSeeder(place);
    int flag = seen(slot(place)) & COMPLETED_FLAG;
    take(sipHash, place);
    return insert(sipHash, random, address, id, !wasSeeder, flag | (minute & MINUTE_MASK));
  }

  /**
   * Marks that the peer at {@code place} has completed the torrent.
   *
   * @return false if that was marked before
   */
  final boolean markCompleted(int place) {
    int slot = slot(place);
    int seen = seen(slot);
    putSeen(slot, seen | COMPLETED_FLAG);
    return (seen & COMPLETED_FLAG) == 0;
  }

  /** Removes the peer at {@code place}; the last of its role takes the place. */
  final void remove(SipHash sipHash, int place) {
    take(sipHash, place);
    shrink(sipHash);
  }

  /** Adds the {@code index}th peer of a slice, which is not there yet, at the end of its role. */
  final void append(SipHash sipHash, SwarmSlice slice, int index, int seen) {
    reserve(1);
    boolean seeder = slice.seeder();
    int place = place(seeder, count(seeder));
    int slot = slot(place);
    int width = compactBytes();
    System.arraycopy(slice.addresses(), index * width, rows(), addressOffset(slot), width);
    putSeen(slot, seen);
    System.arraycopy(slice.ids(), index * Bytes20.BYTES, rows(), idOffset(slot), Bytes20.BYTES);
    adjust(seeder, 1);
    enter(sipHash, place);
  }

  /** Gives back room for so many peers that fewer than half would use it. */
  final void shrink(SipHash sipHash) {
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

  /** Reads the address, not the port, of the peer at {@code place}. */
  final void readAddress(int place, PeerAddress target) {
    readAddress(rows(), slot(place) * compactBytes(), target);
  }

  @Override
  final int hashAt(SipHash sipHash, int place) {
    return hashAt(sipHash, rows(), addressOffset(slot(place)));
  }

  @Override
  final boolean matches(int place, PeerAddress address) {
    return matches(rows(), addressOffset(slot(place)), address);
  }

  private int insert(
      SipHash sipHash,
      FastRandom random,
      PeerAddress address,
      Bytes20 id,
      boolean seeder,
      int seen) {
    reserve(1);
    int end = count(seeder);
    int ordinal = random.below(end + 1);
    int place = place(seeder, ordinal);
    if (ordinal != end) {
      move(sipHash, place, place(seeder, end));
    }
    int slot = slot(place);
    write(rows(), addressOffset(slot), address);
    putSeen(slot, seen);
    id.write(rows(), idOffset(slot));
    adjust(seeder, 1);
    enter(sipHash, place);
    return place;
  }

  /** Lets the peer at {@code place}, who is counted already, be found. */
  private void enter(SipHash sipHash, int place) {
    if (indexed()) {
      addToIndex(sipHash, hashAt(sipHash, place), place);
    } else if (size() > MAX_SCANNED) {
      buildIndex(sipHash);
    }
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

  /** Copies a row over another one's and tells the index. */
  private void move(SipHash sipHash, int from, int to) {
    if (indexed()) {
      moveInIndex(hashAt(sipHash, from), from, to);
    }
    copyRow(slot(from), slot(to));
  }
}
