package io.trakx.netty.attack;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Time that attacks take, as opposed to time spent waiting for something. */
final class Wait {
  private Wait() {}

  /** Returns at a time of {@link System#nanoTime}, at once if that is over. */
  static void until(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("interrupted");
      }
    }
  }

  /** Lets an attack, or the calm around it, last. */
  static void last(Duration duration) {
    until(System.nanoTime() + duration.toNanos());
  }
}
