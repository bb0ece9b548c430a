package io.trakx.core.swarm;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.PeerAddress;

/**
 * Where a sweep of one stripe stands between two slices, and what it has removed.
 *
 * <p>A sweep goes from high positions and ordinals to low ones, since a removed peer's gap is
 * filled from above, with a peer that was looked at already. A peer that a newcomer displaced
 * upwards between two slices is missed, and found by the next sweep.
 *
 * <p>Positions are those of the stripe's table, but the run of taken ones at its start counts as
 * lying behind its end: that is where the table's probing sees it, and so also where gaps are
 * filled from. Used by one thread.
 */
final class SweepCursor {
  /** The families and roles of a swarm, in the order they are swept. */
  static final int PARTS = 4;

  private static final int FROM_THE_TOP = Integer.MAX_VALUE;

  final PeerAddress address = new PeerAddress();
  private int capacity;
  private int bottom;
  private int position;
  int part;
  int ordinal;
  long cleaned;
  long forgotten;

  /** Stands at the top of a stripe's table. */
  void restart(SwarmTable table) {
    capacity = table.capacity();
    bottom = table.leadingRun();
    position = capacity + bottom;
    nextSwarm();
  }

  /** Whether the table still is the one that the cursor was placed in, neither grown nor shrunk. */
  boolean fits(SwarmTable table) {
    return capacity == table.capacity();
  }

  /** Whether all positions were passed. */
  boolean atEnd() {
    return position < bottom;
  }

  /** The position in the stripe's table. */
  int position() {
    return position < capacity ? position : position - capacity;
  }

  void nextSwarm() {
    position--;
    part = 0;
    ordinal = FROM_THE_TOP;
  }

  void nextPart() {
    part++;
    ordinal = FROM_THE_TOP;
  }

  AddressFamily family() {
    return part < PARTS / 2 ? AddressFamily.IPV4 : AddressFamily.IPV6;
  }

  boolean seeder() {
    return part % 2 == 0;
  }
}
