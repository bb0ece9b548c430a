package io.trakx.netty.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** Deletes what nobody needs any more, a little at a time: idle torrents and old samples. */
final class Prune implements Job {
  private static final Logger LOG = LogManager.getLogger(Prune.class);
  private static final Duration INTERVAL = Duration.ofHours(1);

  /** Between two parts of a run, so that others may use the database. */
  private static final Duration REST = Duration.ofMillis(100);

  private final DatabaseOptions options;
  private final Clock clock;
  private final Figures figures;
  private byte @Nullable [] next;
  private Instant notBefore = Instant.EPOCH;
  private long torrents;

  Prune(DatabaseOptions options, Clock clock, Figures figures) {
    this.options = options;
    this.clock = clock;
    this.figures = figures;
  }

  @Override
  public Duration run(Database database) {
    if (next == null) {
      Duration wait = Duration.between(clock.instant(), notBefore);
      // Longer if somebody set the clock back.
      if (wait.isPositive() && wait.compareTo(INTERVAL) <= 0) {
        return wait;
      }
      var _ = SampleTable.prune(database.sql(), options.history(), clock.instant());
      if (options.pruneAfter().isZero()) {
        return done();
      }
    }
    byte[] end = TorrentTable.rangeEnd(database.sql(), next);
    int rows =
        TorrentTable.prune(database.sql(), next, end, clock.instant().minus(options.pruneAfter()));
    if (rows > 0) {
      database.torrentIds().clear();
    }
    next = end;
    torrents += rows;
    figures.pruned(rows);
    if (next != null) {
      return REST;
    }
    LOG.debug("{} torrents deleted from the database", torrents);
    torrents = 0;
    return done();
  }

  /** A database that is reached again and again is not searched each time. */
  private Duration done() {
    notBefore = clock.instant().plus(INTERVAL);
    return INTERVAL;
  }
}
