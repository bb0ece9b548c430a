package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.AddressFamily;
import java.util.HashMap;
import java.util.Map;

/**
 * A hash table from the addresses of one family to how many peers each has.
 *
 * <pre>
 * row  | address, 4 or 16 bytes | count, 2 bytes; 0: the row is free |
 * </pre>
 *
 * <p>The few addresses with more peers than two bytes can tell have the rest of them beside the
 * table.
 *
 * <p>Linear probing; rows behind a removed one close up. Rows are found by multiplication of the
 * hash, so capacities need not be powers of two and the table can grow in steps of a quarter: it is
 * between six and eight tenths full. Guarded by its segment's lock.
 */
final class AddressCounts {
  private static final int MIN_CAPACITY = 8;
  private static final int MAX_IN_ROW = 0xffff;

  private final AddressFamily family;
  private final boolean wide;
  private final int countOffset;
  private final int rowBytes;
  private final SipHash sipHash;

  /** What rows with the largest count leave out. */
  private Map<Address, Integer> excess = Map.of();

  private byte[] rows;
  private int capacity;
  private int size;

  AddressCounts(AddressFamily family, SipHash sipHash) {
    this.family = family;
    this.wide = family == AddressFamily.IPV6;
    this.countOffset = family.addressBytes();
    this.rowBytes = countOffset + Short.BYTES;
    this.sipHash = sipHash;
    this.capacity = MIN_CAPACITY;
    this.rows = new byte[capacity * rowBytes];
  }

  /** Hashes an address; a table places it by the lower half. */
  static long hash(SipHash sipHash, AddressFamily family, long high, long low) {
    return family == AddressFamily.IPV4
        ? sipHash.hash(SipHash.lastWord(family.addressBytes(), low))
        : sipHash.hash(high, low, SipHash.lastWord(family.addressBytes(), 0));
  }

  int size() {
    return size;
  }

  /** How many rows there are, taken or free. */
  int capacity() {
    return capacity;
  }

  /** How many bytes the rows take. */
  int bytes() {
    return rows.length;
  }

  /** How many peers have an address. */
  int get(int hash, long high, long low) {
    int count = count(find(hash, high, low));
    return count == MAX_IN_ROW ? count + excess.getOrDefault(new Address(high, low), 0) : count;
  }

  void add(int hash, long high, long low) {
    int position = find(hash, high, low);
    int count = count(position);
    if (count == 0) {
      if (size + 1 > capacity - capacity / 5) {
        resize(capacity + Math.max(MIN_CAPACITY, capacity / 4));
        position = find(hash, high, low);
      }
      write(position, high, low);
      size++;
    }
    if (count < MAX_IN_ROW) {
      count(position, count + 1);
    } else {
      if (excess.isEmpty()) {
        excess = new HashMap<>();
      }
      excess.merge(new Address(high, low), 1, Integer::sum);
    }
  }

  void remove(int hash, long high, long low) {
    int position = find(hash, high, low);
    int count = count(position);
    if (count == MAX_IN_ROW && !excess.isEmpty()) {
      Address address = new Address(high, low);
      Integer rest = excess.get(address);
      if (rest != null) {
        excess.put(address, rest - 1);
        excess.remove(address, 0);
        return;
      }
    }
    if (count > 1) {
      count(position, count - 1);
    } else if (count == 1) {
      closeUp(position);
      size--;
      if (capacity > MIN_CAPACITY && size < capacity * 2 / 5) {
        resize(Math.max(MIN_CAPACITY, size + size * 3 / 5));
      }
    }
  }

  /** The row of an address, or the free row where it belongs. */
  private int find(int hash, long high, long low) {
    int position = home(hash);
    while (count(position) != 0 && !matches(position, high, low)) {
      position = next(position);
    }
    return position;
  }

  private void closeUp(int removed) {
    int gap = removed;
    for (int position = next(gap); count(position) != 0; position = next(position)) {
      if (distance(home(hashAt(rows, position)), position) >= distance(gap, position)) {
        copy(rows, position, rows, gap);
        gap = position;
      }
    }
    count(gap, 0);
  }

  private void resize(int newCapacity) {
    byte[] old = rows;
    int oldCapacity = capacity;
    capacity = newCapacity;
    rows = new byte[Math.multiplyExact(newCapacity, rowBytes)];
    for (int position = 0; position < oldCapacity; position++) {
      if (Bytes.getChar(old, position * rowBytes + countOffset) != 0) {
        int target = home(hashAt(old, position));
        while (count(target) != 0) {
          target = next(target);
        }
        copy(old, position, rows, target);
      }
    }
  }

  private void copy(byte[] source, int from, byte[] target, int to) {
    System.arraycopy(source, from * rowBytes, target, to * rowBytes, rowBytes);
  }

  private int hashAt(byte[] table, int position) {
    int offset = position * rowBytes;
    return wide
        ? (int)
            hash(
                sipHash,
                family,
                Bytes.getLong(table, offset),
                Bytes.getLong(table, offset + Long.BYTES))
        : (int) hash(sipHash, family, 0, Bytes.getInt(table, offset) & 0xffff_ffffL);
  }

  private boolean matches(int position, long high, long low) {
    int offset = position * rowBytes;
    return wide
        ? Bytes.getLong(rows, offset) == high && Bytes.getLong(rows, offset + Long.BYTES) == low
        : Bytes.getInt(rows, offset) == (int) low;
  }

  private void write(int position, long high, long low) {
    int offset = position * rowBytes;
    if (wide) {
      Bytes.putLong(rows, offset, high);
      Bytes.putLong(rows, offset + Long.BYTES, low);
    } else {
      Bytes.putInt(rows, offset, (int) low);
    }
  }

  private int count(int position) {
    return Bytes.getChar(rows, position * rowBytes + countOffset);
  }

  private void count(int position, int count) {
    Bytes.putChar(rows, position * rowBytes + countOffset, count);
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

  private record Address(long high, long low) {}
}
