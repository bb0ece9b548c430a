package io.trakx.netty.persistence;

import io.trakx.core.stats.Counters;
import io.trakx.core.swarm.ChangeLog;
import io.trakx.core.swarm.PendingCompletions;
import io.trakx.core.swarm.StoreTotals;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The database of a running tracker: what was counted is written to it, what it knows comes back,
 * and its bans are looked after; whether it answers or not.
 *
 * <p>All that talks to the database runs on one thread of its own, which is never interrupted: the
 * embedded database would take that for the end of its file. Samples are taken on another one. It
 * gives way to those that announce ({@link BackgroundPriority}); what is left at the end is written
 * by a thread after it that does not. Started and closed by one thread; the status may be asked for
 * by any.
 */
public final class Persistence implements AutoCloseable {
  /** How many torrents are written to a server in one transaction, whose locks others wait for. */
  private static final int TORRENTS_A_BATCH = 4_000;

  /**
   * Likewise to the embedded database, where nobody waits. It writes whole pages, which each
   * transaction has others of: fewer transactions are cheaper, until it writes pages in the middle
   * of one, those of its undo log with them, and reads them again for the commit.
   */
  private static final int TORRENTS_AN_EMBEDDED_BATCH = 10_000;

  private static final Logger LOG = LogManager.getLogger(Persistence.class);

  private final DatabaseOptions options;
  private final ChangeLog changes;
  private final LongSupplier nanoClock;
  private final Figures figures = new Figures();
  private final SampleRing samples = new SampleRing();
  private final Sampling sampling;
  private final Flush flush;
  private final SampleWriter sampleWriter;
  private final DatabaseHistory history;
  private final DatabaseWorker worker;
  private final Thread thread = new Thread(this::run, "trakx-database");
  private volatile @Nullable Long closeNanoTime;

  /**
   * Puts it together; nothing happens before {@link #start}.
   *
   * @param writer the name of this tracker in the database; no other running tracker has the same
   * @param changes what changes in the store, resumed if there is something to resume
   * @param totals asked for a sample each minute
   * @param memory asked likewise
   * @param bans is given all bans whenever they have changed; on the database's thread, so it must
   *     be quick
   */
  public Persistence(
      DatabaseOptions options,
      UUID writer,
      ChangeLog changes,
      Counters counters,
      Supplier<StoreTotals> totals,
      Supplier<MemoryUse> memory,
      Consumer<List<Ban>> bans,
      Clock clock,
      LongSupplier nanoClock) {
    this.options = options;
    this.changes = changes;
    this.nanoClock = nanoClock;
    sampling = new Sampling(new Sampler(totals, memory, counters, samples, clock), clock);
    flush =
        new Flush(
            changes,
            writer,
            ThreadLocalRandom.current().nextLong(),
            options.flushInterval(),
            clock,
            nanoClock,
            this::pause,
            figures);
    sampleWriter = new SampleWriter(samples, flush::writerId);
    history = new DatabaseHistory(flush::writerId);
    List<Job> jobs =
        List.of(
            flush,
            new BanPoll(bans),
            new Load(changes, flush::writerId, figures),
            sampleWriter,
            history,
            new Prune(options, clock, figures));
    worker = new DatabaseWorker(options, jobs, figures, nanoClock);
    thread.setDaemon(true);
  }

  /** How many torrents of a {@link ChangeLog} one transaction is to take. */
  public static int torrentsABatch(DatabaseOptions options) {
    return options.url().isEmbedded() ? TORRENTS_AN_EMBEDDED_BATCH : TORRENTS_A_BATCH;
  }

  /** Begins, and returns at once, whether the database answers or not. */
  public void start() {
    thread.start();
    sampling.start();
  }

  /** How it fares. Never waits. */
  public PersistenceStatus status() {
    return figures.status(nanoClock.getAsLong(), samples.size());
  }

  /** What was sampled, to read by any thread that may wait for the database. */
  public History history() {
    return history;
  }

  /** At the end nobody is served who could be held up. */
  private void pause(long nanos) {
    if (closeNanoTime == null) {
      LockSupport.parkNanos(nanos);
    }
  }

  /** Gives way once the database is reached: who stops it soon after the start waits for that. */
  private void run() {
    boolean background = false;
    while (closeNanoTime == null) {
      long wait = worker.work();
      if (!background && worker.isReached()) {
        BackgroundPriority.take();
        background = true;
      }
      if (wait > 0 && closeNanoTime == null) {
        LockSupport.parkNanos(wait);
      }
    }
    if (!timeIsLeft()) {
      worker.close();
    }
  }

  private void end() {
    writeTheRest();
    worker.close();
  }

  /** All that has changed: a round may have begun behind what changed last, so it takes two. */
  private void writeTheRest() {
    Database database = timeIsLeft() ? worker.reach() : null;
    if (database == null) {
      return;
    }
    boolean written =
        worker.attempt(
            () -> {
              int rounds = 0;
              while (rounds < 2 && timeIsLeft()) {
                rounds += flush.writeBatch(database) ? 1 : 0;
              }
            });
    if (written && timeIsLeft()) {
      worker.attempt(() -> sampleWriter.run(database));
    }
  }

  private boolean timeIsLeft() {
    return nanosLeft() > 0;
  }

  private long nanosLeft() {
    Long end = closeNanoTime;
    return end == null ? Long.MAX_VALUE : end - nanoClock.getAsLong();
  }

  /**
   * Writes what has changed, as far as the time for that allows, and says what could not be
   * written.
   */
  @Override
  public void close() {
    sampling.close();
    Duration timeout = options.closeTimeout();
    closeNanoTime = nanoClock.getAsLong() + timeout.toNanos();
    LockSupport.unpark(thread);
    try {
      // A part that is under way may take a little longer.
      if (!thread.join(timeout) || !endWithoutGivingWay()) {
        LOG.warn("the database did not answer within {} s", timeout.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sayWhatIsLeft();
  }

  /**
   * Lets another thread write what is left: the first cannot have its priority back, with which it
   * ends no more than the batch that was under way.
   *
   * @return whether that came to an end
   */
  private boolean endWithoutGivingWay() throws InterruptedException {
    Thread last = new Thread(this::end, "trakx-database-end");
    last.setDaemon(true);
    last.start();
    return last.join(Duration.ofNanos(Math.max(1, nanosLeft())));
  }

  private void sayWhatIsLeft() {
    PendingCompletions left = changes.pending();
    long completed = 0;
    for (int i = 0; i < left.size(); i++) {
      completed += left.pending(i);
    }
    if (completed > 0 || samples.size() > 0) {
      LOG.warn(
          "not written to the database: {} completed downloads of {} torrents, {} minutes of"
              + " totals",
          completed,
          left.size(),
          samples.size());
    }
  }
}
