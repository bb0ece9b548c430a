package io.trakx.bench.load;

/**
 * When requests are due.
 *
 * <p>In a closed loop one is due whenever a slot is free, so a slow tracker is asked less. At a
 * fixed rate they are due on a timetable that does not wait for the tracker, and latency counts
 * from the time on it: a stall is seen by all the requests that would have been made meanwhile (G.
 * Tene's "coordinated omission").
 */
final class Pace {
  private final double nanosPerRequest;
  private long startNanos;
  private long taken;

  private Pace(double nanosPerRequest) {
    this.nanosPerRequest = nanosPerRequest;
  }

  static Pace closedLoop() {
    return new Pace(0);
  }

  /**
   * @param perSecond above 0
   */
  static Pace fixedRate(double perSecond) {
    if (!(perSecond > 0 && perSecond <= 10_000_000)) {
      throw new IllegalArgumentException("the rate must be above 0, up to 10,000,000");
    }
    return new Pace(1e9 / perSecond);
  }

  boolean isFixedRate() {
    return nanosPerRequest > 0;
  }

  /** Begins the timetable. */
  void start(long nowNanos) {
    startNanos = nowNanos;
    taken = 0;
  }

  /** How long until the next request is due; 0 or less if it is. */
  long untilDue(long nowNanos) {
    return isFixedRate() ? due() - nowNanos : 0;
  }

  /** Takes the request that is due off the timetable, and returns when it was to be sent. */
  long take(long nowNanos) {
    if (!isFixedRate()) {
      return nowNanos;
    }
    long due = due();
    taken++;
    return due;
  }

  private long due() {
    return startNanos + (long) (taken * nanosPerRequest);
  }
}
