package io.trakx.core.swarm;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.PeerAddress;

/**
 * Where a sweep of one stripe stands between two slices, and what it has removed.
 *
 * <p>A sweep goes from high positions and ordinals to low ones, since a removed peer's gap is
 * filled from above, with a peer that was looked at already. A peer that a newcomer displaced
 * upwards between two slices is missed, and found by the next sweep. Used by one thread.
 */
final class SweepCursor {
  /** The families and roles of a swarm, in the order they are swept. */
  static final int PARTS = 4;

  private static final int FROM_THE_TOP = Integer.MAX_VALUE;

  final PeerAddress address = new PeerAddress();
  int capacity;
  int position;
  int part;
  int ordinal;
  long cleaned;
  long forgotten;

  /** Stands at the top of a stripe's table of this capacity. */
  void restart(int tableCapacity) {
    capacity = tableCapacity;
    position = tableCapacity;
    nextSwarm();
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
