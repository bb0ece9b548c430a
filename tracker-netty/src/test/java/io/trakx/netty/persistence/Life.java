package io.trakx.netty.persistence;

import io.trakx.core.swarm.PendingCompletions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A tracker's swarms and what takes them to a database, without a thread: the test does the work.
 * One process's life; to end it without {@link #close} is to be killed.
 */
final class Life implements AutoCloseable {
  static final int BATCH = 50;

  final Swarms swarms;
  final Figures figures = new Figures();
  final Flush flush;
  final Load load;
  final Prune prune;
  final DatabaseWorker worker;
  final List<List<Ban>> bans = new ArrayList<>();
  private final LongSupplier nanoClock;

  Life(DatabaseOptions options, UUID writer, FakeTime time) {
    this(options, writer, time, null, BATCH);
  }

  Life(
      DatabaseOptions options,
      UUID writer,
      FakeTime time,
      @Nullable PendingCompletions kept,
      int batch) {
    swarms = new Swarms(batch, kept);
    nanoClock = time::nanoTime;
    flush =
        new Flush(
            swarms.changes,
            writer,
            ThreadLocalRandom.current().nextLong(),
            options.flushInterval(),
            time.clock(),
            nanoClock,
            _ -> {},
            figures);
    load = new Load(swarms.changes, flush::writerId, figures);
    prune = new Prune(options, time.clock(), figures);
    worker =
        new DatabaseWorker(
            options, List.of(flush, new BanPoll(bans::add), load, prune), figures, nanoClock);
  }

  /** Does all that is due now, then waits for nothing. */
  void work() {
    int parts = 0;
    while (worker.work() <= 0) {
      if (++parts > 1_000_000) {
        throw new AssertionError("there is no end to what is due");
      }
    }
  }

  /** Writes all that has changed, and must succeed. */
  void flushAll() {
    Database database = worker.reach();
    if (database == null || !worker.attempt(() -> flushRounds(database))) {
      throw new AssertionError(status().trouble().orElse("not reached"));
    }
  }

  private void flushRounds(Database database) throws DatabaseException {
    for (int rounds = 0; rounds < 2; ) {
      rounds += flush.writeBatch(database) ? 1 : 0;
    }
  }

  PersistenceStatus status() {
    return figures.status(nanoClock.getAsLong(), 0);
  }

  @Override
  public void close() {
    worker.close();
  }
}
