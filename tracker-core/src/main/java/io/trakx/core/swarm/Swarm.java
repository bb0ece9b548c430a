package io.trakx.core.swarm;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.Bytes20;
import org.jspecify.annotations.Nullable;

/**
 * One torrent: its info-hash, how often it was completed, and its peers by family.
 *
 * <p>A family without peers has no table. Guarded by the stripe's lock.
 */
final class Swarm {
  private final long hashHigh;
  private final long hashMiddle;
  private final int hashLow;
  private int completed;
  private @Nullable PeerTable ipv4;
  private @Nullable PeerTable ipv6;

  Swarm(long hashHigh, long hashMiddle, int hashLow) {
    this.hashHigh = hashHigh;
    this.hashMiddle = hashMiddle;
    this.hashLow = hashLow;
  }

  boolean is(Bytes20 infoHash) {
    return hashHigh == infoHash.high()
        && hashMiddle == infoHash.middle()
        && hashLow == infoHash.low();
  }

  void readInfoHash(Bytes20 target) {
    target.set(hashHigh, hashMiddle, hashLow);
  }

  int completed() {
    return completed;
  }

  /** Counts one completed download, up to the largest number that fits. */
  void countCompleted() {
    if (completed < Integer.MAX_VALUE) {
      completed++;
    }
  }

  @Nullable PeerTable peers(AddressFamily family) {
    return family == AddressFamily.IPV4 ? ipv4 : ipv6;
  }

  /** The family's table, made if there is none. */
  PeerTable peersOrNew(AddressFamily family) {
    PeerTable table = peers(family);
    if (table == null) {
      if (family == AddressFamily.IPV4) {
        table = ipv4 = new Ipv4PeerTable();
      } else {
        table = ipv6 = new Ipv6PeerTable();
      }
    }
    return table;
  }

  /** Lets go of the family's table, whose last peer has left. */
  void dropPeers(AddressFamily family) {
    if (family == AddressFamily.IPV4) {
      ipv4 = null;
    } else {
      ipv6 = null;
    }
  }

  boolean isEmpty() {
    return ipv4 == null && ipv6 == null;
  }

  /** How many peers of both families have a role. */
  int count(boolean seeder) {
    return (ipv4 == null ? 0 : ipv4.count(seeder)) + (ipv6 == null ? 0 : ipv6.count(seeder));
  }
}
