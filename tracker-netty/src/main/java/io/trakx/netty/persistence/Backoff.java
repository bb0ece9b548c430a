package io.trakx.netty.persistence;

/** How long to wait after a failure: twice as long after each further one, within limits. */
final class Backoff {
  private final long firstNanos;
  private final long mostNanos;
  private long nextNanos;

  Backoff(long firstNanos, long mostNanos) {
    this.firstNanos = firstNanos;
    this.mostNanos = mostNanos;
    this.nextNanos = firstNanos;
  }

  /** How long to wait after the failure that has just been. */
  long nextNanos() {
    long nanos = nextNanos;
    nextNanos = Math.min(mostNanos, 2 * nanos);
    return nanos;
  }

  /** There was a success. */
  void reset() {
    nextNanos = firstNanos;
  }
}
