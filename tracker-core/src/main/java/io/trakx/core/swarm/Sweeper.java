package io.trakx.core.swarm;

/** Removes the peers of a stripe that are gone, part by part. Guarded by the stripe's lock. */
final class Sweeper {
  private final SwarmTable table;
  private final Roster roster;

  Sweeper(SwarmTable table, Roster roster) {
    this.table = table;
    this.roster = roster;
  }

  /**
   * Sweeps {@code slice} peers or swarms, removing peers not seen for more than {@code
   * timeoutMinutes}.
   *
   * @return whether the sweep of this stripe is complete
   */
  boolean sweep(SweepCursor cursor, int minute, int timeoutMinutes, int slice) {
    int left = slice;
    while (!cursor.atEnd()) {
      if (!cursor.fits(table)) {
        cursor.restart(table);
      }
      Swarm swarm = table.peek(cursor.position());
      if (swarm != null) {
        left = sweepPeers(swarm, cursor, minute, timeoutMinutes, left);
        if (cursor.part < PeerCursor.PARTS) {
          return false;
        }
        if (swarm.isEmpty()) {
          forget(cursor);
        }
      }
      cursor.nextSwarm();
      if (--left <= 0) {
        break;
      }
    }
    return cursor.atEnd();
  }

  /** Sweeps a swarm from where the cursor stands; all is swept if {@code cursor.part} says so. */
  private int sweepPeers(
      Swarm swarm, SweepCursor cursor, int minute, int timeoutMinutes, int sliceLeft) {
    int left = sliceLeft;
    for (; cursor.part < PeerCursor.PARTS; cursor.nextPart()) {
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
          roster.drop(cursor.position(), peers, place, cursor.address);
          cursor.cleaned++;
        }
      }
    }
    return left;
  }

  private void forget(SweepCursor cursor) {
    int position = cursor.position();
    if (!roster.forgetIfWorthless(position) && roster.forgetIfScarce(position)) {
      cursor.forgotten++;
    }
  }
}
