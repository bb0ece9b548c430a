package io.trakx.netty.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Reads samples by the thread of whoever asks, over a connection other than the one that writes. It
 * only learns from the database's thread which database is the present one; one that was closed
 * meanwhile refuses, as one that is away does.
 */
final class DatabaseHistory implements Job, History {
  private final IntSupplier writerId;
  private volatile @Nullable Reached reached;

  /**
   * @param writerId this tracker's number in the database, known to the jobs before this one
   */
  DatabaseHistory(IntSupplier writerId) {
    this.writerId = writerId;
  }

  private record Reached(Database database, int writer) {}

  @Override
  public void reached(Database database) {
    reached = new Reached(database, writerId.getAsInt());
  }

  /** There is nothing to do on that thread. */
  @Override
  public Duration run(Database database) {
    return Duration.ofDays(1);
  }

  @Override
  public boolean lasting() {
    return true;
  }

  @Override
  public Resolution resolution(Resolution wanted) {
    return wanted;
  }

  @Override
  public List<Sample> read(Resolution resolution, Instant from, Instant until)
      throws DatabaseException {
    Reached present = reached;
    if (present == null) {
      throw new DatabaseException("not reached yet");
    }
    try {
      return SampleTable.read(present.database.sql(), present.writer, resolution, from, until);
    } catch (DataAccessException e) {
      throw DatabaseException.of(e);
    }
  }
}
