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
 * three quarters are full. Guarded by the stripe's lock.
 */
final class PeerIndex {
  private static final int NONE = 0;

  /** Fewer bits of the hash let too many wrong entries pass for it to be worth two bytes less. */
  private static final int MIN_HASH_BITS = 4;

  private byte[] entries;
  private int capacity;
  private int size;
  private boolean wide;
  private int placeBits;

  /** Indexes all peers of {@code table}. */
  PeerIndex(PeerTable table, SipHash sipHash) {
    entries = new byte[0];
    rebuild(table, sipHash);
  }

  /** The place of {@code address}, or {@link PeerTable#ABSENT}. */
  int find(PeerTable table, int hash, PeerAddress address) {
    int mark = mark(hash);
    int placeMask = placeMask();
    for (int position = home(hash); ; position = next(position)) {
      int entry = get(position);
      if (entry == NONE) {
        return PeerTable.ABSENT;
      }
      if ((entry & ~placeMask) == mark) {
        int place = (entry & placeMask) - 1;
        if (table.matches(place, address)) {
          return place;
        }
      }
    }
  }

  /** Adds the peer at {@code place}, which {@code table} holds already. */
  void insert(PeerTable table, SipHash sipHash, int hash, int place) {
    if (size + 1 > mostPeers()) {
      rebuild(table, sipHash);
    } else {
      append(hash, place);
    }
  }

  /** Lets the entry of a peer with this hash, so far at {@code from}, name {@code to}. */
  void replace(int hash, int from, int to) {
    put(position(hash, from), mark(hash) | (to + 1));
  }

  /** Removes the entry of the peer at {@code place}, whose row must still be there. */
  void remove(PeerTable table, SipHash sipHash, int place) {
    int gap = position(table.hashAt(sipHash, place), place);
    for (int position = next(gap); ; position = next(position)) {
      int entry = get(position);
      if (entry == NONE) {
        break;
      }
      int home = home(table.hashAt(sipHash, placeAt(position)));
      if (distance(home, position) >= distance(gap, position)) {
        put(gap, entry);
        gap = position;
      }
    }
    put(gap, NONE);
    size--;
  }

  /** How many peers are indexed. */
  int size() {
    return size;
  }

  /** How many entries there are, taken or free. */
  int capacity() {
    return capacity;
  }

  /** Whether entries have four bytes, not two. */
  boolean wide() {
    return wide;
  }

  /** The place that the entry at a position names, or {@link PeerTable#ABSENT}. */
  int placeAt(int position) {
    return (get(position) & placeMask()) - 1;
  }

  private void rebuild(PeerTable table, SipHash sipHash) {
    int peers = table.size();
    capacity = peers + peers * 3 / 4;
    placeBits = bits(PeerTable.place(false, mostPeers()) + 1);
    wide = placeBits + MIN_HASH_BITS > Short.SIZE;
    entries = new byte[capacity * entryBytes()];
    size = 0;
    for (int role = 0; role < 2; role++) {
      boolean seeder = role == 0;
      for (int ordinal = 0; ordinal < table.count(seeder); ordinal++) {
        int place = PeerTable.place(seeder, ordinal);
        append(table.hashAt(sipHash, place), place);
      }
    }
  }

  private static int bits(int most) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(most);
  }

  /** How many peers can be indexed before it grows; none of them has a place beyond. */
  private int mostPeers() {
    return capacity - capacity / 4;
  }

  private void append(int hash, int place) {
    int position = home(hash);
    while (get(position) != NONE) {
      position = next(position);
    }
    put(position, mark(hash) | (place + 1));
    size++;
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
    int entry = hash << placeBits;
    return wide ? entry : entry & 0xffff;
  }

  private int placeMask() {
    return (1 << placeBits) - 1;
  }

  private int home(int hash) {
    return (int) (((hash & 0xffff_ffffL) * capacity) >>> 32);
  }

  private int next(int position) {
    return position + 1 == capacity ? 0 : position + 1;
  }

  private int distance(int from, int to) {
    return to >= from ? to - from : to - from + capacity;
  }

  private int entryBytes() {
    return wide ? Integer.BYTES : Short.BYTES;
  }

  private int get(int position) {
    return wide
        ? Bytes.getInt(entries, position * Integer.BYTES)
        : Bytes.getChar(entries, position * Short.BYTES);
  }

  private void put(int position, int entry) {
    if (wide) {
      Bytes.putInt(entries, position * Integer.BYTES, entry);
    } else {
      Bytes.putChar(entries, position * Short.BYTES, entry);
    }
  }
}
