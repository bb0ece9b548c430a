package io.trakx.netty.persistence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Reaches the database, does the jobs that are due, and after any failure closes it and begins
 * again, later and later. So does the job that failed, for it may be to blame. It is said once that
 * the database went, and once that it is back.
 *
 * <p>Used by one thread.
 */
final class DatabaseWorker {
  private static final Logger LOG = LogManager.getLogger(DatabaseWorker.class);
  private static final long FIRST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final DatabaseOptions options;
  private final List<Due> jobs = new ArrayList<>();
  private final Figures figures;
  private final LongSupplier nanoClock;
  private final Backoff backoff = newBackoff();
  private @Nullable Database database;
  private long retryNanoTime;
  private boolean away;
  private long awaySinceNanos;

  /**
   * @param jobs in the order in which they hear that the database was reached
   */
  DatabaseWorker(DatabaseOptions options, List<Job> jobs, Figures figures, LongSupplier nanoClock) {
    this.options = options;
    this.figures = figures;
    this.nanoClock = nanoClock;
    this.retryNanoTime = nanoClock.getAsLong();
    jobs.forEach(job -> this.jobs.add(new Due(job, retryNanoTime)));
  }

  private static Backoff newBackoff() {
    return new Backoff(FIRST_WAIT_NANOS, MOST_WAIT_NANOS);
  }

  private static final class Due {
    private final Job job;
    private final Backoff backoff = newBackoff();
    private boolean failed;
    private long nanoTime;

    Due(Job job, long nanoTime) {
      this.job = job;
      this.nanoTime = nanoTime;
    }
  }

  /**
   * Does what is due first, if anything is.
   *
   * @return in how many nanoseconds something will be due
   */
  long work() {
    long now = nanoClock.getAsLong();
    Database reached = database;
    if (reached == null) {
      if (now - retryNanoTime < 0) {
        return retryNanoTime - now;
      }
      reach();
      return 0;
    }
    Due first =
        jobs.stream().min(Comparator.comparingLong(due -> due.nanoTime - now)).orElseThrow();
    if (first.nanoTime - now > 0) {
      return first.nanoTime - now;
    }
    first.failed =
        !attempt(
            () -> {
              Duration rest = first.job.run(reached);
              first.nanoTime = nanoClock.getAsLong() + rest.toNanos();
              // Only now: a database that is reached and then fails is none.
              backoff.reset();
              first.backoff.reset();
            });
    if (first.failed) {
      first.nanoTime = nanoClock.getAsLong() + first.backoff.nextNanos();
    }
    return 0;
  }

  /** Reaches the database now, if it has not been, whatever the last failure was. */
  @Nullable Database reach() {
    if (database == null) {
      attempt(
          () -> {
            Database opened = Database.open(options);
            database = opened;
            for (Due due : jobs) {
              due.job.reached(opened);
              if (!due.failed) {
                due.nanoTime = nanoClock.getAsLong();
              }
            }
            letFailedGoLast();
            figures.reached(opened.server());
            sayReached(opened.server());
          });
    }
    return database;
  }

  /** If they fail again, the others have had their turn. */
  private void letFailedGoLast() {
    long now = nanoClock.getAsLong();
    for (Due due : jobs) {
      if (due.failed) {
        due.nanoTime = now + Math.max(0, due.nanoTime - now);
      }
    }
  }

  /** Whether the database is reached now, as far as is known. */
  boolean isReached() {
    return database != null;
  }

  /** Something that fails for reasons of the database's. */
  @FunctionalInterface
  interface Attempt {
    void run() throws DatabaseException;
  }

  /**
   * Does something with the database; if that fails, it is no longer reached.
   *
   * @return whether it went well
   */
  boolean attempt(Attempt attempt) {
    try {
      attempt.run();
      return true;
    } catch (DatabaseException | DataAccessException e) {
      failed(DatabaseException.of(e));
    } catch (RuntimeException e) {
      LOG.error("persistence failed, and begins again", e);
      failed(DatabaseException.of(e));
    }
    return false;
  }

  private void failed(DatabaseException failure) {
    close();
    long wait = backoff.nextNanos();
    retryNanoTime = nanoClock.getAsLong() + wait;
    String reason = String.valueOf(failure.getMessage());
    figures.failed(reason);
    if (away) {
      LOG.debug("the database is still away: {}", reason);
      return;
    }
    away = true;
    awaySinceNanos = nanoClock.getAsLong();
    LOG.warn("the database {} is away, and the tracker goes on without: {}", options.url(), reason);
  }

  private void sayReached(Server server) {
    if (away) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoClock.getAsLong() - awaySinceNanos);
      LOG.info("the database is back after {} s: {}, {}", seconds, server, options.url());
      away = false;
    } else {
      LOG.info("database: {}, {}", server, options.url());
    }
  }

  /** Closes the database. */
  void close() {
    Database open = database;
    database = null;
    if (open != null) {
      try {
        open.close();
      } catch (RuntimeException e) {
        LOG.debug("the database could not be closed", e);
      }
    }
  }
}
