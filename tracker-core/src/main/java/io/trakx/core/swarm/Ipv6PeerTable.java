package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.PeerAddress;

/**
 * The IPv6 peers of a swarm.
 *
 * <pre>
 * 0          8         16     18
 * | address  | address | port |
 * </pre>
 */
final class Ipv6PeerTable extends PeerTable {
  private static final int COMPACT_BYTES = AddressFamily.IPV6.compactBytes();
  private static final int LOW_OFFSET = Long.BYTES;
  private static final int PORT_OFFSET = AddressFamily.IPV6.addressBytes();

  @Override
  int compactBytes() {
    return COMPACT_BYTES;
  }

  @Override
  int hash(SipHash sipHash, PeerAddress address) {
    return hash(sipHash, address.high(), address.low(), address.port());
  }

  @Override
  int hashAt(SipHash sipHash, byte[] rows, int offset) {
    return hash(
        sipHash,
        Bytes.getLong(rows, offset),
        Bytes.getLong(rows, offset + LOW_OFFSET),
        Bytes.getChar(rows, offset + PORT_OFFSET));
  }

  @Override
  boolean matches(byte[] rows, int offset, PeerAddress address) {
    return Bytes.getLong(rows, offset + LOW_OFFSET) == address.low()
        && Bytes.getLong(rows, offset) == address.high()
        && Bytes.getChar(rows, offset + PORT_OFFSET) == address.port();
  }

  @Override
  int scan(byte[] rows, int from, int to, PeerAddress address) {
    for (int slot = from; slot < to; slot++) {
      if (matches(rows, slot * COMPACT_BYTES, address)) {
        return slot;
      }
    }
    return ABSENT;
  }

  @Override
  void write(byte[] rows, int offset, PeerAddress address) {
    Bytes.putLong(rows, offset, address.high());
    Bytes.putLong(rows, offset + LOW_OFFSET, address.low());
    Bytes.putChar(rows, offset + PORT_OFFSET, address.port());
  }

  @Override
  void readAddress(byte[] rows, int offset, PeerAddress target) {
    target.ipv6(Bytes.getLong(rows, offset), Bytes.getLong(rows, offset + LOW_OFFSET));
  }

  private static int hash(SipHash sipHash, long high, long low, int port) {
    return (int) sipHash.hash(high, low, SipHash.lastWord(COMPACT_BYTES, port));
  }
}
