package io.trakx.core.swarm;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.Bytes20;
import org.jspecify.annotations.Nullable;

/**
 * One torrent: its info-hash, how often it was completed, and its peers by family.
 *
 * <pre>
 * account    31      30     29 ... 0
 *          | stored | taken | pending |
 *
 * stored   a database has a row of this torrent
 * taken    a batch on its way to the database holds this torrent
 * pending  completed downloads, counted in {@code completed}, that the database is not known to
 *          have; those of the batch on its way included
 * </pre>
 *
 * <p>What is completed is what the database knows and what is pending. A family without peers has
 * no table. Guarded by the stripe's lock.
 */
final class Swarm {
  private static final int STORED = 1 << 31;
  private static final int TAKEN = 1 << 30;
  private static final int MAX_PENDING = TAKEN - 1;

  private final long hashHigh;
  private final long hashMiddle;
  private final int hashLow;
  private int completed;
  private int account;
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
    addPending(1);
  }

  /** Completed downloads that the database is not known to have. */
  int pending() {
    return account & MAX_PENDING;
  }

  /**
   * Adds completed downloads of an earlier life that the database has not got after all. They are
   * part of {@code completed} already where that was kept.
   */
  void addPending(int count) {
    int pending = (int) Math.min(MAX_PENDING, (long) pending() + count);
    account = (account & ~MAX_PENDING) | pending;
    completed = Math.max(completed, pending);
  }

  /** The database has a row of this torrent. */
  boolean isStored() {
    return (account & STORED) != 0;
  }

  /** A batch on its way to the database holds this torrent. */
  boolean isTaken() {
    return (account & TAKEN) != 0;
  }

  /** A batch takes this torrent along. */
  void take() {
    account |= TAKEN;
  }

  /** The batch that took this torrent did not arrive. */
  void release() {
    account &= ~TAKEN;
  }

  /** The batch that took this torrent arrived, with so many completed downloads. */
  void acknowledge(int count) {
    account = STORED | Math.max(0, pending() - count);
  }

  /** The database has a row of this torrent, with so many completed downloads. */
  void know(long databaseCount) {
    account |= STORED;
    completed = (int) Math.min(Integer.MAX_VALUE, databaseCount + pending());
  }

  /** Takes over what a snapshot says, unless more is known already. */
  void adopt(int snapshotCompleted, boolean stored) {
    completed = Math.max(completed, snapshotCompleted);
    account |= stored ? STORED : 0;
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
