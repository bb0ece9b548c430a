package io.trakx.core.swarm;

/**
 * Where a walk through one stripe's table stands between two slices.
 *
 * <p>A walk goes from high positions to low ones, since a removed torrent's gap is filled from
 * above, with a torrent that was looked at already. The run of taken positions at the table's start
 * counts as lying behind its end: that is where the table's probing sees it, and so also where gaps
 * are filled from. Used by one thread.
 */
class TableCursor {
  private int capacity;
  private int bottom;
  private int position = -1;

  /** Stands at the top of a stripe's table. */
  final void restart(SwarmTable table) {
    capacity = table.capacity();
    bottom = table.leadingRun();
    position = capacity + bottom;
    nextSwarm();
  }

  /** Whether the table still is the one that the cursor was placed in, neither grown nor shrunk. */
  final boolean fits(SwarmTable table) {
    return capacity == table.capacity();
  }

  /** Whether all positions were passed. */
  final boolean atEnd() {
    return position < bottom;
  }

  /** The position in the stripe's table. */
  final int position() {
    return position < capacity ? position : position - capacity;
  }

  void nextSwarm() {
    position--;
  }
}
