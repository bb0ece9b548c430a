package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.PeerAddress;

/**
 * The IPv4 peers of a swarm.
 *
 * <pre>
 * 0          4     6
 * | address  | port |
 * </pre>
 *
 * <p>Both are compared as the upper 48 bits of one 64-bit read; the two bytes read too many belong
 * to the next column, which is always there.
 */
final class Ipv4PeerTable extends PeerTable {
  private static final int COMPACT_BYTES = AddressFamily.IPV4.compactBytes();
  private static final int EXCESS_BITS = Long.SIZE - COMPACT_BYTES * Byte.SIZE;

  @Override
  int compactBytes() {
    return COMPACT_BYTES;
  }

  @Override
  int hash(SipHash sipHash, PeerAddress address) {
    return hash(sipHash, key(address));
  }

  @Override
  int hashAt(SipHash sipHash, byte[] rows, int offset) {
    return hash(sipHash, keyAt(rows, offset));
  }

  @Override
  boolean matches(byte[] rows, int offset, PeerAddress address) {
    return keyAt(rows, offset) == key(address);
  }

  @Override
  int scan(byte[] rows, int from, int to, PeerAddress address) {
    long key = key(address);
    for (int slot = from; slot < to; slot++) {
      if (keyAt(rows, slot * COMPACT_BYTES) == key) {
        return slot;
      }
    }
    return ABSENT;
  }

  @Override
  void write(byte[] rows, int offset, PeerAddress address) {
    Bytes.putInt(rows, offset, (int) address.low());
    Bytes.putChar(rows, offset + Integer.BYTES, address.port());
  }

  @Override
  void readAddress(byte[] rows, int offset, PeerAddress target) {
    target.ipv4(Bytes.getInt(rows, offset));
  }

  private static long key(PeerAddress address) {
    return (address.low() << Short.SIZE) | address.port();
  }

  private static long keyAt(byte[] rows, int offset) {
    return Bytes.getLong(rows, offset) >>> EXCESS_BITS;
  }

  private static int hash(SipHash sipHash, long key) {
    return (int) sipHash.hash(SipHash.lastWord(COMPACT_BYTES, key));
  }
}
