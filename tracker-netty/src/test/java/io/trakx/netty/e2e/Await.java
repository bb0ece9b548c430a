package io.trakx.netty.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waiting for what another process does, by asking again and again until a deadline. */
public final class Await {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Await() {}

  /**
   * Returns the first value that satisfies {@code condition}.
   *
   * @param what what is waited for, for the message of the failure
   * @throws AssertionError if no value does within {@code limit}; names the last one, or if
   *     interrupted
   */
  public static <T> T until(
      String what, Duration limit, Supplier<T> source, Predicate<T> condition) {
    long start = System.nanoTime();
    while (true) {
      T value = source.get();
      if (condition.test(value)) {
        return value;
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError(
            "No %s within %d s, but %s".formatted(what, limit.toSeconds(), value));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("Interrupted while waiting for " + what + ", but " + value);
      }
    }
  }
}
