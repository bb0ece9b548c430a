package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who joins and leaves the swarms of a stripe, and all that follows from it: the counts, the room
 * taken, the marks of what changed, the end of torrents that nobody needs.
 *
 * <p>An empty torrent that nobody completed is forgotten at once, unless changes are tracked and a
 * database has, or is about to have, a row of it that does not say so yet. Guarded by the stripe's
 * lock.
 */
final class Roster {
  private final int[] counts = new int[2 * AddressFamily.values().length];
  private final SwarmTable table;
  private final SipHash sipHash;
  private final FastRandom random;
  private final StoreBudget budget;
  private final UniqueAddresses uniqueAddresses;
  private final boolean tracksChanges;
  private int activeSwarms;

  Roster(
      SwarmTable table,
      SipHash sipHash,
      FastRandom random,
      StoreBudget budget,
      UniqueAddresses uniqueAddresses,
      boolean tracksChanges) {
    this.table = table;
    this.sipHash = sipHash;
    this.random = random;
    this.budget = budget;
    this.uniqueAddresses = uniqueAddresses;
    this.tracksChanges = tracksChanges;
  }

  /** Takes room for one peer more, and for one torrent more if the peer brings it. */
  boolean takeRoom(@Nullable Swarm swarm, @Nullable PeerTable peers) {
    if (peers != null && peers.size() >= budget.peersPerSwarm()) {
      return false;
    }
    if (!budget.takePeer()) {
      return false;
    }
    if (swarm == null && !budget.takeTorrent()) {
      budget.returnPeer();
      return false;
    }
    return true;
  }

  /** Takes room for a torrent without peers; false unless that leaves enough to others. */
  boolean takeSpareTorrent() {
    return !budget.torrentsScarce() && budget.takeTorrent();
  }

  /** Takes room for a torrent that must not be lost, there or not. */
  void takeTorrentBeyondLimit() {
    budget.takeTorrentBeyondLimit();
  }

  /** Whether the torrent of a slice has something to tell even without peers. */
  boolean isWorthKeeping(SwarmSlice slice) {
    return slice.completed() > 0 || (tracksChanges && slice.stored());
  }

  /** Adds a torrent, for which room was taken, and tells its position. */
  int addSwarm(int hash, Bytes20 infoHash) {
    return table.add(hash, new Swarm(infoHash.high(), infoHash.middle(), infoHash.low()));
  }

  /** Adds a peer, for which room was taken, and tells its place. */
  int join(int position, AnnounceRequest request, int minute) {
    PeerAddress address = request.address();
    boolean seeder = request.seeder();
    PeerTable peers = countIn(position, address, seeder);
    return peers.add(sipHash, random, address, request.peerId(), seeder, minute);
  }

  /** Adds a peer of a slice, for which room was taken. */
  void admit(int position, SwarmSlice slice, int index, int seen, PeerAddress address) {
    PeerTable peers = countIn(position, address, slice.seeder());
    if (peers.size() == peers.capacity()) {
      peers.reserve(slice.size() - index);
    }
    peers.append(sipHash, slice, index, seen);
  }

  /** Lets the peer at {@code place} change its role, and tells its new place. */
  int changeRole(int position, PeerTable peers, int place, AnnounceRequest request, int minute) {
    AddressFamily family = request.address().family();
    boolean wasSeeder = PeerTable.isSeeder(place);
    counts[countIndex(family, wasSeeder)]--;
    counts[countIndex(family, !wasSeeder)]++;
    markCounts(position);
    return peers.changeRole(sipHash, random, place, request.address(), request.peerId(), minute);
  }

  /** Marks a torrent whose counts may differ from what the database knows. */
  void markCounts(int position) {
    if (tracksChanges) {
      table.mark(position);
    }
  }

  /** Counts one completed download. */
  void countCompleted(int position) {
    table.get(position).countCompleted();
    table.mark(position);
  }

  /** Removes the peer at {@code place}. */
  void drop(int position, PeerTable peers, int place, PeerAddress address) {
    counts[countIndex(address.family(), PeerTable.isSeeder(place))]--;
    uniqueAddresses.remove(address);
    budget.returnPeer();
    markCounts(position);
    peers.remove(sipHash, place);
    if (peers.size() == 0) {
      Swarm swarm = table.get(position);
      swarm.dropPeers(address.family());
      if (swarm.isEmpty()) {
        activeSwarms--;
      }
    }
  }

  /** Forgets a torrent that has no peers and nothing to tell, neither to clients nor a database. */
  boolean forgetIfWorthless(int position) {
    Swarm swarm = table.get(position);
    if (!swarm.isEmpty() || swarm.completed() > 0 || mustBeWritten(swarm, position)) {
      return false;
    }
    forget(position);
    return true;
  }

  /** Forgets a torrent without peers if room is scarce and the database gets its counts still. */
  boolean forgetIfScarce(int position) {
    Swarm swarm = table.get(position);
    boolean owed = tracksChanges && (swarm.isTaken() || swarm.pending() > 0);
    if (!swarm.isEmpty() || owed || !budget.torrentsScarce()) {
      return false;
    }
    forget(position);
    return true;
  }

  /** Adds this stripe's share to the totals of a store. */
  void addTo(Totals totals) {
    totals.swarms += activeSwarms;
    for (int i = 0; i < counts.length; i++) {
      totals.peers[i] += counts[i];
    }
  }

  /** Counts a peer that joins, and tells in which table. */
  private PeerTable countIn(int position, PeerAddress address, boolean seeder) {
    Swarm swarm = table.get(position);
    if (swarm.isEmpty()) {
      activeSwarms++;
    }
    counts[countIndex(address.family(), seeder)]++;
    uniqueAddresses.add(address);
    markCounts(position);
    return swarm.peersOrNew(address.family());
  }

  private boolean mustBeWritten(Swarm swarm, int position) {
    return tracksChanges && (swarm.isTaken() || (swarm.isStored() && table.isMarked(position)));
  }

  private void forget(int position) {
    table.remove(position);
    budget.returnTorrent();
  }

  private static int countIndex(AddressFamily family, boolean seeder) {
    return (family == AddressFamily.IPV4 ? 0 : 2) + (seeder ? 0 : 1);
  }

  /** Sums over stripes. */
  static final class Totals {
    private final long[] peers = new long[2 * AddressFamily.values().length];
    private long swarms;

    /** Swarms with peers. */
    long swarms() {
      return swarms;
    }

    /** Peers of a family that have a role. */
    long peers(AddressFamily family, boolean seeder) {
      return peers[countIndex(family, seeder)];
    }
  }
}
