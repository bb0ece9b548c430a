package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.protocol.Scrape;
import org.jspecify.annotations.Nullable;

/**
 * The swarms whose info-hashes hash alike, and the lock that guards them.
 *
 * <p>Every method holds the stripe's monitor from its first line to its last and does nothing slow
 * under it: no I/O, no waiting, and of another lock only a segment of {@link UniqueAddresses}. The
 * longest stays are those in which a very large swarm's arrays are copied to grow or shrink by a
 * share of their size.
 */
final class Stripe {
  /** Peers or swarms a sweep looks at before it lets others have the lock. */
  private static final int SWEEP_SLICE = 4096;

  private final SwarmTable table = new SwarmTable();
  private final int[] counts = new int[2 * AddressFamily.values().length];
  private final SipHash sipHash;
  private final FastRandom random;
  private final StoreBudget budget;
  private final UniqueAddresses uniqueAddresses;
  private int activeSwarms;

  Stripe(SipHash sipHash, FastRandom random, StoreBudget budget, UniqueAddresses uniqueAddresses) {
    this.sipHash = sipHash;
    this.random = random;
    this.budget = budget;
    this.uniqueAddresses = uniqueAddresses;
  }

  /** See {@link SwarmStore#announce}. */
  synchronized AnnounceOutcome announce(
      int hash, AnnounceRequest request, int wanted, int minute, AnnounceResponse response) {
    int position = table.find(hash, request.infoHash());
    Swarm swarm = position < 0 ? null : table.get(position);
    if (request.event() == AnnounceEvent.STOPPED) {
      return leave(swarm, position, request.address(), response);
    }
    AddressFamily family = request.address().family();
    PeerTable peers = swarm == null ? null : swarm.peers(family);
    int place = peers == null ? PeerTable.ABSENT : peers.find(sipHash, request.address());
    AnnounceOutcome outcome;
    if (peers != null && place != PeerTable.ABSENT) {
      outcome = AnnounceOutcome.UPDATED;
      if (PeerTable.isSeeder(place) == request.seeder()) {
        peers.touch(place, request.peerId(), minute);
      } else {
        boolean completed =
            request.event() == AnnounceEvent.COMPLETED && peers.markCompleted(place);
        place = changeRole(peers, place, request, minute);
        if (completed && swarm != null) {
          swarm.countCompleted();
          outcome = AnnounceOutcome.COMPLETED;
        }
      }
    } else if (takeRoom(swarm, peers)) {
      swarm = swarm == null ? newSwarm(hash, request.infoHash()) : swarm;
      place = join(swarm, request, minute);
      outcome = AnnounceOutcome.ADDED;
    } else {
      outcome = AnnounceOutcome.NOT_LISTED;
    }
    if (swarm != null) {
      answer(swarm, request, place, wanted, response);
    }
    return outcome;
  }

  /** Fills in the figures of the {@code index}th info-hash of a scrape. */
  synchronized void scrape(int hash, Bytes20 infoHash, Scrape scrape, int index) {
    int position = table.find(hash, infoHash);
    if (position < 0) {
      scrape.figures(index, 0, 0, 0);
    } else {
      Swarm swarm = table.get(position);
      scrape.figures(index, swarm.count(true), swarm.count(false), swarm.completed());
    }
  }

  /** Places {@code cursor} at the start of a sweep. */
  synchronized void startSweep(SweepCursor cursor) {
    cursor.restart(table);
  }

  /**
   * Sweeps a bounded part, removing peers not seen for more than {@code timeoutMinutes}.
   *
   * @return whether the sweep of this stripe is complete
   */
  synchronized boolean sweep(SweepCursor cursor, int minute, int timeoutMinutes) {
    int left = SWEEP_SLICE;
    while (!cursor.atEnd()) {
      if (!cursor.fits(table)) {
        cursor.restart(table);
      }
      Swarm swarm = table.peek(cursor.position());
      if (swarm != null) {
        left = sweepPeers(swarm, cursor, minute, timeoutMinutes, left);
        if (cursor.part < SweepCursor.PARTS) {
          return false;
        }
        if (swarm.isEmpty()) {
          forgetIfWorthless(swarm, cursor);
        }
      }
      cursor.nextSwarm();
      if (--left <= 0) {
        break;
      }
    }
    return cursor.atEnd();
  }

  /** Shows every torrent to {@code visitor}. */
  synchronized void forEach(SwarmVisitor visitor, Bytes20 scratch) {
    for (int position = 0; position < table.capacity(); position++) {
      Swarm swarm = table.peek(position);
      if (swarm != null) {
        swarm.readInfoHash(scratch);
        visitor.visit(scratch, swarm.count(true), swarm.count(false), swarm.completed());
      }
    }
  }

  /** Adds this stripe's share to the totals of a store. */
  synchronized void addTo(Totals totals) {
    totals.swarms += activeSwarms;
    for (int i = 0; i < counts.length; i++) {
      totals.peers[i] += counts[i];
    }
  }

  /** The torrents; whoever looks holds the monitor. */
  SwarmTable table() {
    return table;
  }

  private AnnounceOutcome leave(
      @Nullable Swarm swarm, int position, PeerAddress address, AnnounceResponse response) {
    if (swarm == null) {
      return AnnounceOutcome.UNKNOWN;
    }
    AnnounceOutcome outcome = AnnounceOutcome.UNKNOWN;
    PeerTable peers = swarm.peers(address.family());
    if (peers != null) {
      int place = peers.find(sipHash, address);
      if (place != PeerTable.ABSENT) {
        drop(swarm, peers, place, address);
        if (swarm.isEmpty() && swarm.completed() == 0) {
          forget(position);
        }
        outcome = AnnounceOutcome.REMOVED;
      }
    }
    response.figures(swarm.count(true), swarm.count(false), swarm.completed());
    return outcome;
  }

  /** Takes room for one peer more, and for one torrent more if the peer brings it. */
  private boolean takeRoom(@Nullable Swarm swarm, @Nullable PeerTable peers) {
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

  private Swarm newSwarm(int hash, Bytes20 infoHash) {
    Swarm swarm = new Swarm(infoHash.high(), infoHash.middle(), infoHash.low());
    table.add(hash, swarm);
    return swarm;
  }

  private int join(Swarm swarm, AnnounceRequest request, int minute) {
    if (swarm.isEmpty()) {
      activeSwarms++;
    }
    PeerAddress address = request.address();
    boolean seeder = request.seeder();
    counts[countIndex(address.family(), seeder)]++;
    uniqueAddresses.add(address);
    PeerTable peers = swarm.peersOrNew(address.family());
    return peers.add(sipHash, random, address, request.peerId(), seeder, minute);
  }

  private int changeRole(PeerTable peers, int place, AnnounceRequest request, int minute) {
    AddressFamily family = request.address().family();
    boolean wasSeeder = PeerTable.isSeeder(place);
    counts[countIndex(family, wasSeeder)]--;
    counts[countIndex(family, !wasSeeder)]++;
    return peers.changeRole(sipHash, random, place, request.address(), request.peerId(), minute);
  }

  private void drop(Swarm swarm, PeerTable peers, int place, PeerAddress address) {
    counts[countIndex(address.family(), PeerTable.isSeeder(place))]--;
    uniqueAddresses.remove(address);
    budget.returnPeer();
    peers.remove(sipHash, place);
    if (peers.size() == 0) {
      swarm.dropPeers(address.family());
      if (swarm.isEmpty()) {
        activeSwarms--;
      }
    }
  }

  private void forget(int position) {
    table.remove(position);
    budget.returnTorrent();
  }

  private void forgetIfWorthless(Swarm swarm, SweepCursor cursor) {
    if (swarm.completed() == 0) {
      forget(cursor.position());
    } else if (budget.torrentsScarce()) {
      forget(cursor.position());
      cursor.forgotten++;
    }
  }

  private void answer(
      Swarm swarm, AnnounceRequest request, int place, int wanted, AnnounceResponse response) {
    response.figures(swarm.count(true), swarm.count(false), swarm.completed());
    AddressFamily family = request.address().family();
    int got = sample(swarm, family, request, place, wanted, response);
    if (request.bothFamilies() && got < wanted) {
      sample(swarm, family.other(), request, PeerTable.ABSENT, wanted - got, response);
    }
  }

  private int sample(
      Swarm swarm,
      AddressFamily family,
      AnnounceRequest request,
      int self,
      int wanted,
      AnnounceResponse response) {
    PeerTable peers = swarm.peers(family);
    if (peers == null) {
      return 0;
    }
    boolean leechersOnly = request.seeder();
    boolean withIds = request.withPeerIds();
    Sampler.sample(peers, wanted, leechersOnly, self, withIds, random, response.peers(family));
    return response.peers(family).size();
  }

  /** Sweeps a swarm from where the cursor stands; all is swept if {@code cursor.part} says so. */
  private int sweepPeers(
      Swarm swarm, SweepCursor cursor, int minute, int timeoutMinutes, int budgetLeft) {
    int left = budgetLeft;
    for (; cursor.part < SweepCursor.PARTS; cursor.nextPart()) {
      PeerTable peers = swarm.peers(cursor.family());
      if (peers == null) {
        continue;
      }
      boolean seeder = cursor.seeder();
      int ordinal = Math.min(cursor.ordinal, peers.count(seeder) - 1);
      for (; ordinal >= 0; ordinal--) {
        if (--left < 0) {
          cursor.ordinal = ordinal;
          return left;
        }
        int place = PeerTable.place(seeder, ordinal);
        if (peers.age(place, minute) > timeoutMinutes) {
          peers.readAddress(place, cursor.address);
          drop(swarm, peers, place, cursor.address);
          cursor.cleaned++;
        }
      }
    }
    return left;
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
