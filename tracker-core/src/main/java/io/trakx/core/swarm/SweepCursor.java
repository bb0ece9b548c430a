package io.trakx.core.swarm;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.PeerAddress;

/**
 * Where a sweep of one stripe stands between two slices, and what it has removed.
 *
 * <p>In a swarm, too, a sweep goes from high ordinals to low ones. A peer that a newcomer displaced
 * upwards between two slices is missed, and found by the next sweep.
 */
final class SweepCursor extends TableCursor {
  /** The families and roles of a swarm, in the order they are swept. */
  static final int PARTS = 4;

  private static final int FROM_THE_TOP = Integer.MAX_VALUE;

  final PeerAddress address = new PeerAddress();
  int part;
  int ordinal;
  long cleaned;
  long forgotten;

  @Override
  void nextSwarm() {
    super.nextSwarm();
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
