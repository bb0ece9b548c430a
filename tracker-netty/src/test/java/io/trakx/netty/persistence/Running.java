package io.trakx.netty.persistence;

import io.trakx.core.stats.Counters;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A tracker's swarms with persistence at work, on its own threads and by real time. */
final class Running implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  final Swarms swarms = new Swarms(Life.BATCH);
  final Persistence persistence;

  Running(DatabaseOptions options) {
    persistence =
        new Persistence(
            options,
            UUID.randomUUID(),
            swarms.changes,
            new Counters(),
            swarms.store::totals,
            () -> MemoryUse.UNKNOWN,
            bans -> {},
            Clock.systemUTC(),
            System::nanoTime);
    persistence.start();
  }

  /** The same database, written five times a second, with a second for the end. */
  static DatabaseOptions hasty(DatabaseOptions options) {
    return new DatabaseOptions(
        options.url(),
        options.user(),
        options.password(),
        options.connectTimeout(),
        options.answerTimeout(),
        Duration.ofMillis(200),
        Duration.ofSeconds(1),
        options.pruneAfter(),
        options.history());
  }

  PersistenceStatus status() {
    return persistence.status();
  }

  PersistenceStatus await(PersistenceStatus.State state) {
    return await("state " + state, status -> status.state() == state);
  }

  /** The first status for which {@code condition} holds. */
  PersistenceStatus await(String what, Predicate<PersistenceStatus> condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      PersistenceStatus status = status();
      if (condition.test(status)) {
        return status;
      }
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("no " + what + ", but " + status);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  /** Completed downloads that the database has not got, of all torrents. */
  long pending() {
    var left = swarms.changes.pending();
    long completed = 0;
    for (int i = 0; i < left.size(); i++) {
      completed += left.pending(i);
    }
    return completed;
  }

  @Override
  public void close() {
    persistence.close();
  }
}
