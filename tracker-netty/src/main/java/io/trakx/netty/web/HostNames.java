package io.trakx.netty.web;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The names by which browsers ask for this tracker. Each has an index page of its own, and whoever
 * asks may say any, so that only the first so many of a minute are taken: a flood of names costs no
 * more than a few pages. Thread-safe.
 */
final class HostNames {
  static final int MOST = 50;

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final LongSupplier nanoClock;
  private volatile long minuteBegan;

  HostNames(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    minuteBegan = nanoClock.getAsLong();
  }

  /**
   * Whether a name is one of those that are taken. Several threads at once may take one too many.
   */
  boolean admit(String name) {
    long now = nanoClock.getAsLong();
    if (now - minuteBegan >= MINUTE_NANOS) {
      minuteBegan = now;
      names.clear();
    }
    return names.contains(name) || (names.size() < MOST && names.add(name));
  }
}
