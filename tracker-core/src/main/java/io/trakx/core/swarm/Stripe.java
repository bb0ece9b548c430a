package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;
import io.trakx.core.limit.AddressLimiter;
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
  /** Peers, swarms or positions that are looked at before others may have the lock. */
  private static final int SLICE = 4096;

  private final SwarmTable table = new SwarmTable();
  private final SipHash sipHash;
  private final FastRandom random;
  private final AddressLimiter limiter;
  private final Roster roster;
  private final Sweeper sweeper;
  private final StripeChanges changes;
  private final StripeTransfer transfer;

  Stripe(
      SipHash sipHash,
      FastRandom random,
      StoreBudget budget,
      UniqueAddresses uniqueAddresses,
      boolean tracksChanges,
      AddressLimiter limiter) {
    this.sipHash = sipHash;
    this.random = random;
    this.limiter = limiter;
    roster = new Roster(table, sipHash, random, budget, uniqueAddresses, tracksChanges);
    sweeper = new Sweeper(table, roster);
    changes = new StripeChanges(table, roster);
    transfer = new StripeTransfer(table, roster, sipHash);
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
      if (request.event() == AnnounceEvent.COMPLETED && peers.markCompleted(place)) {
        roster.countCompleted(position);
        outcome = AnnounceOutcome.COMPLETED;
      }
      if (PeerTable.isSeeder(place) == request.seeder()) {
        peers.touch(place, request.peerId(), minute);
      } else {
        place = roster.changeRole(position, peers, place, request, minute);
      }
    } else if (swarm == null && !limiter.mayBringTorrent(request.address(), minute)) {
      return AnnounceOutcome.TOO_MANY_TORRENTS;
    } else if (!limiter.mayJoin(request.address(), request.infoHash(), minute)) {
      return AnnounceOutcome.TOO_MANY_PORTS;
    } else if (roster.takeRoom(swarm, peers)) {
      position = swarm == null ? roster.addSwarm(hash, request.infoHash()) : position;
      swarm = table.get(position);
      place = roster.join(position, request, minute);
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

  /** Places {@code cursor} at the start of a walk through this stripe. */
  synchronized void start(TableCursor cursor) {
    cursor.restart(table);
  }

  /** Sweeps a bounded part, see {@link Sweeper#sweep}. */
  synchronized boolean sweep(SweepCursor cursor, int minute, int timeoutMinutes) {
    return sweeper.sweep(cursor, minute, timeoutMinutes, SLICE);
  }

  /** Takes the changes of a bounded part, see {@link StripeChanges#take}. */
  synchronized boolean take(TableCursor cursor, TorrentChanges batch) {
    return changes.take(cursor, batch, SLICE);
  }

  /** See {@link StripeChanges#acknowledge}. */
  synchronized void acknowledge(int hash, Bytes20 infoHash, int completed) {
    changes.acknowledge(hash, infoHash, completed);
  }

  /** See {@link StripeChanges#restore}. */
  synchronized void restore(int hash, Bytes20 infoHash) {
    changes.restore(hash, infoHash);
  }

  /** See {@link ChangeLog#completedKnown}. */
  synchronized void completedKnown(int hash, Bytes20 infoHash, long databaseCount) {
    changes.completedKnown(hash, infoHash, databaseCount);
  }

  /** See {@link ChangeLog#load}. */
  synchronized boolean load(
      int hash, Bytes20 infoHash, long databaseCount, int seeders, int leechers) {
    return changes.load(hash, infoHash, databaseCount, seeders, leechers);
  }

  /** See {@link StripeChanges#restorePending}. */
  synchronized void restorePending(int hash, Bytes20 infoHash, int count) {
    changes.restorePending(hash, infoHash, count);
  }

  /** See {@link StripeChanges#pending}. */
  synchronized int pending(int hash, Bytes20 infoHash) {
    return changes.pending(hash, infoHash);
  }

  /** See {@link StripeChanges#collectPending}. */
  synchronized void collectPending(PendingCompletions target, boolean nextHasAll, Bytes20 scratch) {
    changes.collectPending(target, nextHasAll, scratch);
  }

  /** Shows the next peers, see {@link StripeTransfer#export}. */
  synchronized boolean export(PeerCursor cursor, int minute, SwarmSlice slice) {
    return transfer.export(cursor, minute, slice, SLICE);
  }

  /** Lists the peers of a slice, see {@link StripeTransfer#admit}. */
  synchronized void admit(int hash, SwarmSlice slice, SwarmImport progress) {
    transfer.admit(hash, slice, progress);
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
  synchronized void addTo(Roster.Totals totals) {
    roster.addTo(totals);
  }

  /** Torrents known, with or without peers. */
  synchronized int torrents() {
    return table.size();
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
        roster.drop(position, peers, place, address);
        roster.forgetIfWorthless(position);
        outcome = AnnounceOutcome.REMOVED;
      }
    }
    response.figures(swarm.count(true), swarm.count(false), swarm.completed());
    return outcome;
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
}
