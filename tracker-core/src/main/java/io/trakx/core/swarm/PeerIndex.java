package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.PeerAddress;

/**
 * The hash index of a large {@link PeerTable}: from address to place, by linear probing.
 *
 * <pre>
 * entry  place + 1, or 0 for none; 2 bytes while places fit, 4 after that
 * </pre>
 *
 * <p>It holds no keys: an entry is checked against the row that it names. A hash is mapped to a
 * position by multiplication (Lemire: "Fast random integer generation in an interval", 2019), so
 * that capacities need not be powers of two. Entries behind a removed one close up, so there are no
 * tombstones. At most three quarters are full. Guarded by the stripe's lock.
 */
final class PeerIndex {
  private static final int NONE = 0;
  private static final int MAX_NARROW_PLACE = 0xffff - 1;

  private byte[] entries;
  private int capacity;
  private int size;
  private boolean wide;

  /** Indexes all peers of {@code table}. */
  PeerIndex(PeerTable table, SipHash sipHash) {
    entries = new byte[0];
    rebuild(table, sipHash);
  }

  /** The place of {@code address}, or {@link PeerTable#ABSENT}. */
  int find(PeerTable table, int hash, PeerAddress address) {
    for (int position = home(hash); ; position = next(position)) {
      int entry = get(position);
      if (entry == NONE) {
        return PeerTable.ABSENT;
      }
      if (table.matches(entry - 1, address)) {
        return entry - 1;
      }
    }
  }

  /** Adds the peer at {@code place}, which {@code table} holds already. */
  void insert(PeerTable table, SipHash sipHash, int hash, int place) {
    if (size + 1 > capacity - capacity / 4 || (!wide && needsWide(table))) {
      rebuild(table, sipHash);
    } else {
      append(hash, place);
    }
  }

  /** Lets the entry of a peer with this hash, so far at {@code from}, name {@code to}. */
  void replace(int hash, int from, int to) {
    put(position(hash, from), to + 1);
  }

  /** Removes the entry of the peer at {@code place}, whose row must still be there. */
  void remove(PeerTable table, SipHash sipHash, int place) {
    int gap = position(table.hashAt(sipHash, place), place);
    for (int position = next(gap); ; position = next(position)) {
      int entry = get(position);
      if (entry == NONE) {
        break;
      }
      int home = home(table.hashAt(sipHash, entry - 1));
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
    return get(position) - 1;
  }

  private void rebuild(PeerTable table, SipHash sipHash) {
    int peers = table.size();
    capacity = peers + peers * 3 / 4;
    wide = needsWide(table);
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

  private static boolean needsWide(PeerTable table) {
    int most = Math.max(table.seeders(), table.leechers());
    return PeerTable.place(false, most) > MAX_NARROW_PLACE;
  }

  private void append(int hash, int place) {
    int position = home(hash);
    while (get(position) != NONE) {
      position = next(position);
    }
    put(position, place + 1);
    size++;
  }

  private int position(int hash, int place) {
    int position = home(hash);
    while (get(position) != place + 1) {
      position = next(position);
    }
    return position;
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
