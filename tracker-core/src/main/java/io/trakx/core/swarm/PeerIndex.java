package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.PeerAddress;

/**
 * The hash index of a large {@link PeerTable}: from address to place, by linear probing.
 *
 * <pre>
 * entry    | low bits of the hash | place + 1 |    0: none
 *                                   placeBits
 * </pre>
 *
 * <p>Entries have 2 bytes while that leaves the hash some bits, then 4. It holds no keys: an entry
 * is checked against the row that it names, which is a cache miss; the bits of the hash spare
 * nearly all such looks at wrong rows. A hash is mapped to a position by multiplication of its high
 * bits (Lemire: "Fast random integer generation in an interval", 2019), so that capacities need not
 * be powers of two. Entries behind a removed one close up, so there are no tombstones. At most
 * three quarters are full.
 *
 * <p>The table's superclass, so that the fields lie in one object with the table's own: another
 * object would be another cache miss for each announce. Guarded by the stripe's lock.
 */
abstract sealed class PeerIndex permits PeerRows {
  private static final int NONE = 0;
  private static final byte[] NO_ENTRIES = {};

  /** Fewer bits of the hash let too many wrong entries pass for it to be worth two bytes less. */
  private static final int MIN_HASH_BITS = 4;

  /** Bits that hold the number of bits of a place. */
  private static final int SHAPE_BITS = 5;

  private byte[] entries = NO_ENTRIES;

  /** How many entries there are, and below that how many bits a place has; 0 without an index. */
  private int shape;

  /** How many peers there are. */
  abstract int size();

  /** How many peers have a role. */
  abstract int count(boolean seeder);

  /** Hashes the address and port of the peer at {@code place}. */
  abstract int hashAt(SipHash sipHash, int place);

  /** Whether the peer at {@code place} has this address and port. */
  abstract boolean matches(int place, PeerAddress address);

  final boolean indexed() {
    return shape != 0;
  }

  /** The place of {@code address}, which has this hash, or {@link PeerTable#ABSENT}. */
  final int findIndexed(int hash, PeerAddress address) {
    int mark = mark(hash);
    int placeMask = placeMask();
    for (int position = home(hash); ; position = next(position)) {
      int entry = get(position);
      if (entry == NONE) {
        return PeerTable.ABSENT;
      }
      if ((entry & ~placeMask) == mark) {
        int place = (entry & placeMask) - 1;
        if (matches(place, address)) {
          return place;
        }
      }
    }
  }

  /** Adds the peer at {@code place}, whom the table counts already. */
  final void addToIndex(SipHash sipHash, int hash, int place) {
    if (size() > mostPeers()) {
      buildIndex(sipHash);
    } else {
      append(hash, place);
    }
  }

  /** Lets the entry of a peer with this hash, so far at {@code from}, name {@code to}. */
  final void moveInIndex(int hash, int from, int to) {
    put(position(hash, from), mark(hash) | (to + 1));
  }

  /** Removes the entry of the peer at {@code place}, whose row must still be there. */
  final void removeFromIndex(SipHash sipHash, int place) {
    int gap = position(hashAt(sipHash, place), place);
    for (int position = next(gap); ; position = next(position)) {
      int entry = get(position);
      if (entry == NONE) {
        break;
      }
      int home = home(hashAt(sipHash, indexedPlace(position)));
      if (distance(home, position) >= distance(gap, position)) {
        put(gap, entry);
        gap = position;
      }
    }
    put(gap, NONE);
  }

  /** Indexes all peers of the table, anew if there was an index. */
  final void buildIndex(SipHash sipHash) {
    int peers = size();
    int capacity = peers + peers * 3 / 4;
    int placeBits = bits(PeerTable.place(false, mostPeers(capacity)) + 1);
    byte[] built = new byte[capacity * (isWide(placeBits) ? Integer.BYTES : Short.BYTES)];
    entries = built;
    shape = capacity << SHAPE_BITS | placeBits;
    for (int role = 0; role < 2; role++) {
      boolean seeder = role == 0;
      for (int ordinal = 0; ordinal < count(seeder); ordinal++) {
        int place = PeerTable.place(seeder, ordinal);
        append(hashAt(sipHash, place), place);
      }
    }
  }

  final void dropIndex() {
    entries = NO_ENTRIES;
    shape = 0;
  }

  /** How many entries there are, taken or free. */
  final int indexCapacity() {
    return shape >>> SHAPE_BITS;
  }

  /** Whether entries have four bytes, not two. */
  final boolean indexIsWide() {
    return isWide(placeBits());
  }

  /** The place that the entry at a position names, or {@link PeerTable#ABSENT}. */
  final int indexedPlace(int position) {
    return (get(position) & placeMask()) - 1;
  }

  /** How many bytes the entries take. */
  final int indexBytes() {
    return entries.length;
  }

  private static int bits(int most) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(most);
  }

  private static boolean isWide(int placeBits) {
    return placeBits + MIN_HASH_BITS > Short.SIZE;
  }

  private int placeBits() {
    return shape & ((1 << SHAPE_BITS) - 1);
  }

  /** How many peers can be indexed before it grows; none of them has a place beyond. */
  private int mostPeers() {
    return mostPeers(indexCapacity());
  }

  private static int mostPeers(int capacity) {
    return capacity - capacity / 4;
  }

  private void append(int hash, int place) {
    int position = home(hash);
    while (get(position) != NONE) {
      position = next(position);
    }
    put(position, mark(hash) | (place + 1));
  }

  private int position(int hash, int place) {
    int entry = mark(hash) | (place + 1);
    int position = home(hash);
    while (get(position) != entry) {
      position = next(position);
    }
    return position;
  }

  /** The bits of a hash in an entry, where they stand in it. */
  private int mark(int hash) {
    int entry = hash << placeBits();
    return indexIsWide() ? entry : entry & 0xffff;
  }

  private int placeMask() {
    return (1 << placeBits()) - 1;
  }

  private int home(int hash) {
    return (int) (((hash & 0xffff_ffffL) * indexCapacity()) >>> 32);
  }

  private int next(int position) {
    return position + 1 == indexCapacity() ? 0 : position + 1;
  }

  private int distance(int from, int to) {
    return to >= from ? to - from : to - from + indexCapacity();
  }

  private int get(int position) {
    return indexIsWide()
        ? Bytes.getInt(entries, position * Integer.BYTES)
        : Bytes.getChar(entries, position * Short.BYTES);
  }

  private void put(int position, int entry) {
    if (indexIsWide()) {
      Bytes.putInt(entries, position * Integer.BYTES, entry);
    } else {
      Bytes.putChar(entries, position * Short.BYTES, entry);
    }
  }
}
