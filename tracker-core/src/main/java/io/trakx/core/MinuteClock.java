package io.trakx.core;

import java.util.concurrent.TimeUnit;

/** The time in minutes, of any origin; only differences mean something. Thread-safe, cheap. */
@FunctionalInterface
public interface MinuteClock {
  /** Minutes since the clock's origin; never goes back. */
  int minute();

  /** A clock that starts at 0 now and that no change of the machine's time touches. */
  static MinuteClock monotonic() {
    long originNanos = System.nanoTime();
    return () -> (int) TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - originNanos);
  }
}
