package io.trakx.core.swarm;

import io.trakx.core.protocol.AddressFamily;

/**
 * Where a walk through all peers of one stripe stands between two slices.
 *
 * <p>In a swarm, too, a walk goes from high ordinals to low ones. A peer that a newcomer displaced
 * upwards between two slices is missed.
 */
class PeerCursor extends TableCursor {
  /** The families and roles of a swarm, in the order they are visited. */
  static final int PARTS = 4;

  private static final int FROM_THE_TOP = Integer.MAX_VALUE;

  int part;
  int ordinal;

  @Override
  final void nextSwarm() {
    super.nextSwarm();
    part = 0;
    ordinal = FROM_THE_TOP;
  }

  final void nextPart() {
    part++;
    ordinal = FROM_THE_TOP;
  }

  final AddressFamily family() {
    return part < PARTS / 2 ? AddressFamily.IPV4 : AddressFamily.IPV6;
  }

  final boolean seeder() {
    return part % 2 == 0;
  }
}
