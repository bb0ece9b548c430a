package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.PeerAddress;

/**
 * How many peers each address has, so that the number of different addresses is exact at any time.
 *
 * <p>Addresses are spread by a keyed hash over segments, each with its own lock and one table a
 * family; a segment's tables are touched only when a peer joins or leaves. Thread-safe.
 */
final class UniqueAddresses {
  private static final int SEGMENTS = 256;
  private static final int SEGMENT_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(SEGMENTS);

  private final SipHash sipHash;
  private final Segment[] segments = new Segment[SEGMENTS];

  UniqueAddresses(SipHash sipHash) {
    this.sipHash = sipHash;
    for (int i = 0; i < SEGMENTS; i++) {
      segments[i] = new Segment();
    }
  }

  /** A peer with this address joined. */
  void add(PeerAddress address) {
    long hash = hash(address);
    Segment segment = segments[(int) (hash >>> SEGMENT_SHIFT)];
    synchronized (segment) {
      segment.table(address.family()).add((int) hash, address.high(), address.low());
    }
  }

  /** A peer with this address left. */
  void remove(PeerAddress address) {
    long hash = hash(address);
    Segment segment = segments[(int) (hash >>> SEGMENT_SHIFT)];
    synchronized (segment) {
      segment.table(address.family()).remove((int) hash, address.high(), address.low());
    }
  }

  /** How many different addresses there are. */
  long count() {
    long sum = 0;
    for (Segment segment : segments) {
      synchronized (segment) {
        sum += segment.ipv4.size() + segment.ipv6.size();
      }
    }
    return sum;
  }

  /** How many peers have this address. */
  int peers(PeerAddress address) {
    long hash = hash(address);
    Segment segment = segments[(int) (hash >>> SEGMENT_SHIFT)];
    synchronized (segment) {
      return segment.table(address.family()).get((int) hash, address.high(), address.low());
    }
  }

  /** How many bytes the rows of all tables take. */
  long bytes() {
    long sum = 0;
    for (Segment segment : segments) {
      synchronized (segment) {
        sum += segment.ipv4.bytes() + segment.ipv6.bytes();
      }
    }
    return sum;
  }

  private long hash(PeerAddress address) {
    return AddressCounts.hash(sipHash, address.family(), address.high(), address.low());
  }

  /** The tables of the addresses whose hash begins alike. */
  private final class Segment {
    private final AddressCounts ipv4 = new AddressCounts(AddressFamily.IPV4, sipHash);
    private final AddressCounts ipv6 = new AddressCounts(AddressFamily.IPV6, sipHash);

    AddressCounts table(AddressFamily family) {
      return family == AddressFamily.IPV4 ? ipv4 : ipv6;
    }
  }
}
