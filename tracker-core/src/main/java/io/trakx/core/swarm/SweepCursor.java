package io.trakx.core.swarm;

import io.trakx.core.protocol.PeerAddress;

/** Where a sweep of one stripe stands between two slices, and what it has removed. */
final class SweepCursor extends PeerCursor {
  final PeerAddress address = new PeerAddress();
  long cleaned;
  long forgotten;
}
