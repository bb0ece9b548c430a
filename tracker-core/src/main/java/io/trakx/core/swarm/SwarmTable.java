package io.trakx.core.swarm;

import io.trakx.core.protocol.Bytes20;
import org.jspecify.annotations.Nullable;

/**
 * A stripe's hash table from info-hashes to swarms, by linear probing.
 *
 * <pre>
 * hashes  4 bytes each: | tag, 31 bits | mark, 1 bit |; 0: the position is free
 * swarms  a reference each
 * </pre>
 *
 * <p>The tag is the upper bits of the info-hash's keyed hash, never 0. The mark says that a torrent
 * has changed and waits to be written to a database: to find the marked ones among millions, these
 * arrays are read and nothing else.
 *
 * <p>Hashes lie apart from the swarms, so that a search follows no reference but the right one (or
 * a wrong one in some 30,000). A tag is mapped to a position by multiplication; entries behind a
 * removed one close up. At most three quarters are full. Guarded by the stripe's lock.
 */
final class SwarmTable {
  private static final int MIN_CAPACITY = 8;
  private static final int FREE = 0;
  private static final int MARK = 1;
  private static final int TAG_MASK = ~MARK;

  private int[] hashes = new int[MIN_CAPACITY];
  private @Nullable Swarm[] swarms = new @Nullable Swarm[MIN_CAPACITY];
  private int size;

  /** The position of an info-hash with this hash, or -1. */
  int find(int hash, Bytes20 infoHash) {
    int tag = tag(hash);
    for (int position = home(tag); hashes[position] != FREE; position = next(position)) {
      if ((hashes[position] & TAG_MASK) == tag && get(position).is(infoHash)) {
        return position;
      }
    }
    return -1;
  }

  /** The swarm at a taken position. */
  Swarm get(int position) {
    Swarm swarm = swarms[position];
    if (swarm == null) {
      throw new IllegalStateException("no swarm at position " + position);
    }
    return swarm;
  }

  /** The swarm at any position, null if it is free. */
  @Nullable Swarm peek(int position) {
    return swarms[position];
  }

  /** Adds a swarm that is not there yet, unmarked, and tells its position. */
  int add(int hash, Swarm swarm) {
    if (size + 1 > capacity() - capacity() / 4) {
      resize(capacity() + capacity() / 2);
    }
    size++;
    return put(tag(hash), swarm);
  }

  /** Marks the swarm at a taken position as changed. */
  void mark(int position) {
    hashes[position] |= MARK;
  }

  /** Takes the mark from the swarm at a taken position. */
  void unmark(int position) {
    hashes[position] &= TAG_MASK;
  }

  /** Whether the swarm at any position is marked; false if it is free. */
  boolean isMarked(int position) {
    return (hashes[position] & MARK) != 0;
  }

  /** Removes the swarm at a taken position. */
  void remove(int removed) {
    int gap = removed;
    for (int position = next(gap); hashes[position] != FREE; position = next(position)) {
      if (distance(home(hashes[position]), position) >= distance(gap, position)) {
        hashes[gap] = hashes[position];
        swarms[gap] = swarms[position];
        gap = position;
      }
    }
    hashes[gap] = FREE;
    swarms[gap] = null;
    size--;
    if (capacity() > MIN_CAPACITY && size < capacity() / 4) {
      resize(Math.max(MIN_CAPACITY, capacity() / 2));
    }
  }

  /** How many positions from the first on are taken without a gap; there always is one. */
  int leadingRun() {
    int run = 0;
    while (hashes[run] != FREE) {
      run++;
    }
    return run;
  }

  int capacity() {
    return hashes.length;
  }

  int size() {
    return size;
  }

  private void resize(int newCapacity) {
    int[] oldHashes = hashes;
    @Nullable Swarm[] oldSwarms = swarms;
    hashes = new int[newCapacity];
    swarms = new @Nullable Swarm[newCapacity];
    for (int position = 0; position < oldHashes.length; position++) {
      Swarm swarm = oldSwarms[position];
      if (swarm != null) {
        put(oldHashes[position], swarm);
      }
    }
  }

  private int put(int entry, Swarm swarm) {
    int position = home(entry);
    while (hashes[position] != FREE) {
      position = next(position);
    }
    hashes[position] = entry;
    swarms[position] = swarm;
    return position;
  }

  private static int tag(int hash) {
    int tag = hash & TAG_MASK;
    return tag == FREE ? MARK << 1 : tag;
  }

  /** Where the search for an entry begins, marked or not. */
  private int home(int entry) {
    return (int) (((entry & TAG_MASK & 0xffff_ffffL) * hashes.length) >>> 32);
  }

  private int next(int position) {
    return position + 1 == hashes.length ? 0 : position + 1;
  }

  private int distance(int from, int to) {
    return to >= from ? to - from : to - from + hashes.length;
  }
}
