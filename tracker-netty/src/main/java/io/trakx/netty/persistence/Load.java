package io.trakx.netty.persistence;

import io.trakx.core.protocol.Bytes20;
import io.trakx.core.swarm.ChangeLog;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the completed counts back at the start, all of them, page by page; and has the rows of
 * torrents corrected in which this tracker had peers when it ended.
 */
final class Load implements Job {
  private static final Logger LOG = LogManager.getLogger(Load.class);

  /** Some milliseconds' worth. */
  private static final int ROWS_A_PAGE = 5_000;

  private static final Duration NEVER = Duration.ofDays(1);

  private final ChangeLog changes;
  private final IntSupplier writerId;
  private final Figures figures;
  private final Bytes20 infoHash = new Bytes20();
  private byte @Nullable [] last;
  private long left;
  private boolean done;

  /**
   * @param writerId this tracker's id in the database
   */
  Load(ChangeLog changes, IntSupplier writerId, Figures figures) {
    this.changes = changes;
    this.writerId = writerId;
    this.figures = figures;
  }

  /** Whether all that there was has been brought back. */
  boolean done() {
    return done;
  }

  @Override
  public Duration run(Database database) {
    if (done) {
      return NEVER;
    }
    byte[] end =
        TorrentTable.page(database.sql(), writerId.getAsInt(), last, ROWS_A_PAGE, this::row);
    if (end != null) {
      last = end;
      return Duration.ZERO;
    }
    done = true;
    figures.loadDone();
    LOG.info("{} torrents brought back from the database", figures.loaded());
    if (left > 0) {
      LOG.warn(
          "{} torrents of the database did not fit and come back when they are announced", left);
    }
    return NEVER;
  }

  private void row(
      byte[] bytes, long completed, int seeders, int leechers, int writer, long sequence) {
    infoHash.read(bytes, 0);
    if (changes.load(infoHash, completed, seeders, leechers)) {
      figures.loadedOne();
    } else {
      left++;
    }
  }
}
