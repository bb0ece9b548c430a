package io.trakx.core.swarm;

/**
 * Shows all swarms of a store that goes on working, slice by slice. Each stripe is locked for a
 * slice at a time. A peer that joins, moves or leaves meanwhile may be shown, or not, or twice; all
 * others are shown once, or twice if their stripe's table is resized. For one thread.
 */
public final class SwarmExport {
  private final Stripe[] stripes;
  private final int minute;
  private final PeerCursor cursor = new PeerCursor();
  private int stripe;

  /**
   * @param minute of the same clock as the announces'; ages are those of this minute
   */
  public SwarmExport(SwarmStore store, int minute) {
    this.stripes = store.stripes();
    this.minute = minute;
    stripes[0].start(cursor);
  }

  /** Fills {@code slice} with what comes next; false if nothing is left. */
  public boolean next(SwarmSlice slice) {
    while (!stripes[stripe].export(cursor, minute, slice)) {
      if (cursor.atEnd()) {
        if (stripe + 1 == stripes.length) {
          return false;
        }
        stripe++;
        stripes[stripe].start(cursor);
      }
    }
    return true;
  }
}
