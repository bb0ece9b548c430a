package io.trakx.core.stats;

import java.util.Arrays;

/**
 * Finds client software by the first three bytes of a peer id with one multiplication and one
 * comparison: a perfect hash, whose multiplier is searched for when the table is made.
 *
 * <pre>
 * key        0 | byte 0 | byte 1 | byte 2      an int, big-endian
 * slot       the upper {@value #SLOT_BITS} bits of key * multiplier
 * </pre>
 *
 * <p>Immutable.
 */
final class ClientTable {
  private static final int SLOT_BITS = 8;
  private static final int SHIFT = Integer.SIZE - SLOT_BITS;

  /** The golden ratio's multiplier, odd, from which the search starts. */
  private static final int FIRST_MULTIPLIER = 0x9e3779b1;

  /** Of a slot that is free: no key, since keys have 24 bits. */
  private static final int FREE = -1;

  private final int[] keys = new int[1 << SLOT_BITS];
  private final ClientSoftware[] clients = new ClientSoftware[1 << SLOT_BITS];
  private final int multiplier;

  ClientTable(ClientSoftware[] all) {
    int candidate = FIRST_MULTIPLIER;
    while (!fill(all, candidate)) {
      candidate += 2;
    }
    multiplier = candidate;
  }

  /** Whether no two clients share a slot. */
  private boolean fill(ClientSoftware[] all, int candidate) {
    Arrays.fill(keys, FREE);
    Arrays.fill(clients, ClientSoftware.OTHER);
    for (ClientSoftware client : all) {
      if (!client.prefix().isEmpty()) {
        int key = key(client.prefix());
        int slot = (key * candidate) >>> SHIFT;
        if (keys[slot] != FREE) {
          return false;
        }
        keys[slot] = key;
        clients[slot] = client;
      }
    }
    return true;
  }

  private static int key(String prefix) {
    return prefix.charAt(0) << 16 | prefix.charAt(1) << 8 | prefix.charAt(2);
  }

  /** The key of a peer id that begins with the eight bytes of {@code high}. */
  static int key(long high) {
    return (int) (high >>> 40);
  }

  ClientSoftware find(int key) {
    int slot = (key * multiplier) >>> SHIFT;
    return keys[slot] == key ? clients[slot] : ClientSoftware.OTHER;
  }
}
