package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;

/** The way of a stripe's swarms out of the store and into it. Guarded by the stripe's lock. */
final class StripeTransfer {
  private final SwarmTable table;
  private final Roster roster;
  private final SipHash sipHash;

  StripeTransfer(SwarmTable table, Roster roster, SipHash sipHash) {
    this.table = table;
    this.roster = roster;
    this.sipHash = sipHash;
  }

  /**
   * Looks for the next peers in {@code positions} positions.
   *
   * @return whether {@code slice} was filled
   */
  boolean export(PeerCursor cursor, int minute, SwarmSlice slice, int positions) {
    for (int left = positions; left > 0 && !cursor.atEnd(); left--) {
      if (!cursor.fits(table)) {
        cursor.restart(table);
      }
      Swarm swarm = table.peek(cursor.position());
      if (swarm != null) {
        swarm.readInfoHash(slice.infoHash());
        slice.torrent(swarm.completed(), swarm.isStored());
        if (exportPeers(swarm, cursor, minute, slice)) {
          return true;
        }
      }
      cursor.nextSwarm();
      if (swarm != null && swarm.isEmpty()) {
        slice.peers(cursor.family(), cursor.seeder(), 0);
        return true;
      }
    }
    return false;
  }

  /** Lists the peers of a slice that are not too old, and makes their torrent known. */
  void admit(int hash, SwarmSlice slice, SwarmImport progress) {
    int position = table.find(hash, slice.infoHash());
    for (int i = 0; i < slice.size(); i++) {
      if (progress.isTooOld(slice, i)) {
        progress.tooOld++;
      } else {
        position = admit(position, hash, slice, i, progress);
      }
    }
    if (position < 0 && roster.isWorthKeeping(slice) && roster.takeSpareTorrent()) {
      position = addSwarm(hash, slice, progress);
    }
    if (position >= 0) {
      Swarm swarm = table.get(position);
      swarm.adopt(slice.completed(), slice.stored());
      PeerTable peers = swarm.peers(slice.family());
      if (peers != null) {
        peers.shrink(sipHash);
      }
      roster.markCounts(position);
      roster.forgetIfWorthless(position);
    }
  }

  /** Lists one peer, and tells the position of its torrent, which may be known only now. */
  private int admit(int position, int hash, SwarmSlice slice, int index, SwarmImport progress) {
    Swarm swarm = position < 0 ? null : table.get(position);
    PeerTable peers = swarm == null ? null : swarm.peers(slice.family());
    slice.readAddress(index, progress.address);
    if (peers != null && peers.find(sipHash, progress.address) != PeerTable.ABSENT) {
      return position;
    }
    // An address that belongs to the other family was not written by an export.
    if (progress.address.family() != slice.family() || !roster.takeRoom(swarm, peers)) {
      progress.refused++;
      return position;
    }
    int known = swarm == null ? addSwarm(hash, slice, progress) : position;
    int seen = progress.seen(slice, index);
    roster.admit(known, slice, index, seen, progress.address);
    progress.peers++;
    return known;
  }

  private int addSwarm(int hash, SwarmSlice slice, SwarmImport progress) {
    progress.torrents++;
    return roster.addSwarm(hash, slice.infoHash());
  }

  /** Exports peers from where the cursor stands in a swarm; false if none are left. */
  private static boolean exportPeers(Swarm swarm, PeerCursor cursor, int minute, SwarmSlice slice) {
    for (; cursor.part < PeerCursor.PARTS; cursor.nextPart()) {
      boolean seeder = cursor.seeder();
      PeerTable peers = swarm.peers(cursor.family());
      int last = peers == null ? -1 : Math.min(cursor.ordinal, peers.count(seeder) - 1);
      if (peers != null && last >= 0) {
        int count = Math.min(last + 1, SwarmSlice.MAX_PEERS);
        slice.peers(cursor.family(), seeder, count);
        peers.copyTo(slice, seeder, last + 1 - count, count, minute);
        cursor.ordinal = last - count;
        return true;
      }
    }
    return false;
  }
}
