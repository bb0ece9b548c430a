package io.trakx.core.swarm;

import io.trakx.core.protocol.Bytes20;

/**
 * The changed torrents of a stripe, on their way to a database and back; see {@link ChangeLog}.
 * Guarded by the stripe's lock.
 */
final class StripeChanges {
  private final SwarmTable table;
  private final Roster roster;

  StripeChanges(SwarmTable table, Roster roster) {
    this.table = table;
    this.roster = roster;
  }

  /**
   * Takes marked torrents from {@code slice} positions, as many as the batch has room for. One that
   * another batch has taken keeps its mark until that one is settled.
   *
   * @return whether all of the stripe was looked at
   */
  boolean take(TableCursor cursor, TorrentChanges batch, int slice) {
    for (int left = slice; left > 0 && !cursor.atEnd() && !batch.isFull(); left--) {
      if (!cursor.fits(table)) {
        cursor.restart(table);
      }
      int position = cursor.position();
      if (table.isMarked(position)) {
        take(position, batch);
      }
      cursor.nextSwarm();
    }
    return cursor.atEnd();
  }

  /** The batch with this torrent arrived, with so many completed downloads. */
  void acknowledge(int hash, Bytes20 infoHash, int completed) {
    int position = table.find(hash, infoHash);
    if (position >= 0) {
      table.get(position).acknowledge(completed);
      roster.forgetIfWorthless(position);
    }
  }

  /** The batch with this torrent did not arrive. */
  void restore(int hash, Bytes20 infoHash) {
    int position = table.find(hash, infoHash);
    if (position >= 0) {
      table.get(position).release();
      table.mark(position);
      roster.forgetIfWorthless(position);
    }
  }

  /** See {@link ChangeLog#completedKnown}. */
  void completedKnown(int hash, Bytes20 infoHash, long databaseCount) {
    int position = table.find(hash, infoHash);
    if (position >= 0) {
      table.get(position).know(databaseCount);
    }
  }

  /** See {@link ChangeLog#load}. */
  boolean load(int hash, Bytes20 infoHash, long databaseCount, int seeders, int leechers) {
    boolean worthless = databaseCount == 0 && seeders == 0 && leechers == 0;
    int position = table.find(hash, infoHash);
    if (position < 0) {
      if (worthless) {
        return true;
      }
      if (!roster.takeSpareTorrent()) {
        return false;
      }
      position = roster.addSwarm(hash, infoHash);
    }
    Swarm swarm = table.get(position);
    swarm.know(databaseCount);
    if (swarm.count(true) != seeders || swarm.count(false) != leechers) {
      table.mark(position);
    } else if (swarm.pending() == 0 && !swarm.isTaken()) {
      table.unmark(position);
      roster.forgetIfWorthless(position);
    }
    return true;
  }

  /** See {@link ChangeLog#resolve}. */
  void restorePending(int hash, Bytes20 infoHash, int count) {
    int position = table.find(hash, infoHash);
    if (position < 0) {
      roster.takeTorrentBeyondLimit();
      position = roster.addSwarm(hash, infoHash);
    }
    table.get(position).addPending(count);
    table.mark(position);
  }

  /** Completed downloads of a torrent that the database is not known to have. */
  int pending(int hash, Bytes20 infoHash) {
    int position = table.find(hash, infoHash);
    return position < 0 ? 0 : table.get(position).pending();
  }

  /**
   * Adds all torrents with completed downloads pending that are in no batch.
   *
   * @param nextHasAll whether the batch after the target's sequence has them all, if it is one that
   *     is still to be taken
   */
  void collectPending(PendingCompletions target, boolean nextHasAll, Bytes20 scratch) {
    for (int position = 0; position < table.capacity(); position++) {
      // What is pending is marked, since it was counted or was given back, or else is in a batch.
      if (table.isMarked(position)) {
        Swarm swarm = table.get(position);
        if (swarm.pending() > 0 && !swarm.isTaken()) {
          swarm.readInfoHash(scratch);
          target.add(scratch, swarm.pending(), nextHasAll ? swarm.pending() : 0);
        }
      }
    }
  }

  private void take(int position, TorrentChanges batch) {
    Swarm swarm = table.get(position);
    if (!swarm.isTaken()) {
      batch.add(swarm);
      swarm.take();
      table.unmark(position);
    }
  }
}
