package io.trakx.netty.persistence;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How persistence fares. Written by the database's thread, read by any; one figure may be newer
 * than another.
 */
final class Figures {
  private volatile @Nullable Server server;
  private volatile @Nullable String trouble = "not reached yet";
  private volatile boolean loadDone;
  private volatile boolean everFlushed;
  private volatile long lastFlushNanoTime;
  private volatile long lastFlushNanos;
  private final AtomicLong flushes = new AtomicLong();
  private final AtomicLong torrents = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong loaded = new AtomicLong();
  private final AtomicLong pruned = new AtomicLong();

  void reached(Server reached) {
    server = reached;
    trouble = null;
  }

  void failed(String reason) {
    trouble = reason;
    failures.incrementAndGet();
  }

  void flushed(long nanos, long nanoTime) {
    lastFlushNanos = nanos;
    lastFlushNanoTime = nanoTime;
    everFlushed = true;
    flushes.incrementAndGet();
  }

  void wrote(int count) {
    torrents.addAndGet(count);
  }

  void loadedOne() {
    loaded.incrementAndGet();
  }

  void loadDone() {
    loadDone = true;
  }

  long loaded() {
    return loaded.get();
  }

  void pruned(int count) {
    pruned.addAndGet(count);
  }

  PersistenceStatus status(long nanoTime, int samplesWaiting) {
    Server reached = server;
    String why = trouble;
    PersistenceStatus.State state =
        why != null
            ? (reached == null ? PersistenceStatus.State.CONNECTING : PersistenceStatus.State.AWAY)
            : loadDone ? PersistenceStatus.State.READY : PersistenceStatus.State.LOADING;
    return new PersistenceStatus(
        state,
        reached == null ? "" : reached.toString(),
        Optional.ofNullable(why),
        everFlushed ? (nanoTime - lastFlushNanoTime) / 1_000_000_000 : -1,
        lastFlushNanos / 1_000_000,
        flushes.get(),
        torrents.get(),
        failures.get(),
        loaded.get(),
        samplesWaiting,
        pruned.get());
  }
}
