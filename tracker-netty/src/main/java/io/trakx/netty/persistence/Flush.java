package io.trakx.netty.persistence;

import io.trakx.core.DutyCycle;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.swarm.ChangeLog;
import io.trakx.core.swarm.PendingCompletions;
import io.trakx.core.swarm.TorrentChanges;
import io.trakx.netty.persistence.WriterTable.Standing;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.SQLStateClass;
import org.jspecify.annotations.Nullable;

/**
 * Writes changed torrents, batch by batch, so that each completed download is added exactly once,
 * whoever dies when.
 *
 * <pre>
 * take a batch ─▶ transaction: raise the writer's number, look new torrents up, add ─▶ acknowledge
 *                      │ fails, perhaps during the commit
 *                      ▼
 *                 reach the database again ─▶ its number is the batch's? ─▶ acknowledge or restore
 * </pre>
 *
 * <p>With the embedded database it rests between the statements of a batch ({@link DutyCycle}),
 * within the transaction: nobody waits for its rows.
 *
 * <p>What a killed process left is settled likewise, torrent by torrent: each row has the number of
 * the batch that wrote it last.
 */
final class Flush implements Job {
  /** How many torrents one statement looks up. */
  private static final int ROWS_A_LOOKUP = 1_000;

  /**
   * Of the time that a flush to the embedded database works: it does so on the cores that answer.
   * With less, there would be rounds that the interval is too short for.
   */
  private static final double EMBEDDED_SHARE = 0.25;

  /** Of the interval from one round to the next, the most in which a round rests. */
  private static final int RESTING_PART = 2;

  /** How often in a row a transaction may lose against others', before that counts as a failure. */
  private static final int MAX_CONFLICTS = 10;

  private final ChangeLog changes;
  private final String writer;
  private final long session;
  private final Duration interval;
  private final Clock clock;
  private final LongSupplier nanoClock;
  private final LongConsumer pauseNanos;
  private final Figures figures;
  private @Nullable Standing standing;
  private long roundStartNanos;
  private long roundTorrents;
  private int conflicts;

  /**
   * @param writer the name of this tracker in the ledger
   * @param session a number that no other process has
   * @param pauseNanos waits for so many nanoseconds, or less
   */
  Flush(
      ChangeLog changes,
      UUID writer,
      long session,
      Duration interval,
      Clock clock,
      LongSupplier nanoClock,
      LongConsumer pauseNanos,
      Figures figures) {
    this.changes = changes;
    this.writer = writer.toString();
    this.session = session;
    this.interval = interval;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.pauseNanos = pauseNanos;
    this.figures = figures;
  }

  /** This tracker's id in the database that was reached last. */
  int writerId() {
    return standing().id();
  }

  /** Learns from the ledger what became of the batch that was under way, if any. */
  @Override
  public void reached(Database database) throws DatabaseException {
    roundTorrents = 0;
    if (standing == null) {
      standing = database.inTransaction(this::claim);
      PendingCompletions left = changes.unresolved();
      int[] unwritten = left == null ? new int[0] : unwritten(database.sql(), left);
      changes.resolve(standing.sequence(), unwritten);
      return;
    }
    // Without one there is an empty database in the place of the one before.
    Standing now =
        database.inTransaction(
            sql -> Objects.requireNonNullElseGet(WriterTable.find(sql, writer), () -> claim(sql)));
    if (now.session() != session) {
      throw new DatabaseException(
          "another process writes as this tracker (writer " + writer + "); end one of the two");
    }
    standing = now;
    if (now.sequence() == changes.sequence() + 1) {
      acknowledge();
    } else {
      changes.restore();
    }
  }

  private Standing claim(DSLContext sql) {
    return WriterTable.claim(sql, writer, session, clock.instant());
  }

  /** How much of what a killed process counted its database lacks, torrent by torrent. */
  private int[] unwritten(DSLContext sql, PendingCompletions left) {
    int[] unwritten = new int[left.size()];
    for (int from = 0; from < unwritten.length; from += ROWS_A_LOOKUP) {
      int to = Math.min(unwritten.length, from + ROWS_A_LOOKUP);
      Map<ByteBuffer, Long> written = new HashMap<>();
      List<byte[]> infoHashes = new ArrayList<>(to - from);
      for (int i = from; i < to; i++) {
        infoHashes.add(infoHash(left, i));
      }
      TorrentTable.find(
          sql,
          infoHashes,
          (infoHash, completed, seeders, leechers, by, sequence) ->
              written.put(ByteBuffer.wrap(infoHash), by == writerId() ? sequence : 0L));
      for (int i = from; i < to; i++) {
        long by = written.getOrDefault(ByteBuffer.wrap(infoHashes.get(i - from)), 0L);
        unwritten[i] = left.unwritten(i, by);
      }
    }
    return unwritten;
  }

  /** Writes one batch. */
  @Override
  public Duration run(Database database) throws DatabaseException {
    if (roundTorrents == 0) {
      roundStartNanos = nanoClock.getAsLong();
    }
    if (!writeBatch(database)) {
      return Duration.ZERO;
    }
    long nanos = nanoClock.getAsLong() - roundStartNanos;
    figures.flushed(nanos, nanoClock.getAsLong());
    roundTorrents = 0;
    Duration rest = interval.minusNanos(nanos);
    return rest.isNegative() ? Duration.ZERO : rest;
  }

  /**
   * Writes the next batch, if anything has changed.
   *
   * @return whether that ended a round, in which all that had changed at its start was written
   */
  boolean writeBatch(Database database) throws DatabaseException {
    boolean complete = changes.take();
    if (changes.batch().size() == 0) {
      return complete;
    }
    try {
      if (!database.inTransaction(sql -> write(sql, database.torrentIds()))) {
        throw new DatabaseException("another process has begun to write as this tracker");
      }
      conflicts = 0;
    } catch (DataAccessException e) {
      // Undone for certain: the database chose another's transaction before ours.
      if (e.sqlStateClass() != SQLStateClass.C40_TRANSACTION_ROLLBACK
          || ++conflicts > MAX_CONFLICTS) {
        throw e;
      }
      changes.restore();
      return false;
    }
    acknowledge();
    return complete;
  }

  private boolean write(DSLContext sql, TorrentIds ids) {
    TorrentChanges batch = changes.batch();
    long number = changes.sequence() + 1;
    if (!WriterTable.raise(sql, standing(), number)) {
      return false;
    }
    Runnable rest = rests(sql);
    lookUpNew(sql, batch, rest);
    TorrentTable.Origin origin = new TorrentTable.Origin(standing().id(), number, clock.instant());
    TorrentTable.write(sql, origin, batch, ids, rest);
    return true;
  }

  /** None with a server: others wait for what its transactions lock. */
  private Runnable rests(DSLContext sql) {
    return sql.dialect() == SQLDialect.H2
        ? new DutyCycle(EMBEDDED_SHARE, nanoClock, this::pause)
        : () -> {};
  }

  /** A round that there is no time for works on. */
  private void pause(long nanos) {
    if (nanoClock.getAsLong() - roundStartNanos < interval.toNanos() / RESTING_PART) {
      pauseNanos.accept(nanos);
    }
  }

  /** Torrents without a row that is known of may have one: they were forgotten here meanwhile. */
  private void lookUpNew(DSLContext sql, TorrentChanges batch, Runnable rest) {
    Bytes20 infoHash = new Bytes20();
    List<byte[]> infoHashes = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      if (batch.isNew(i)) {
        batch.infoHash(i, infoHash);
        byte[] bytes = new byte[Bytes20.BYTES];
        infoHash.write(bytes, 0);
        infoHashes.add(bytes);
      }
    }
    for (int from = 0; from < infoHashes.size(); from += ROWS_A_LOOKUP) {
      TorrentTable.find(
          sql,
          infoHashes.subList(from, Math.min(infoHashes.size(), from + ROWS_A_LOOKUP)),
          (bytes, completed, seeders, leechers, by, sequence) -> {
            infoHash.read(bytes, 0);
            changes.completedKnown(infoHash, completed);
          });
      rest.run();
    }
  }

  private void acknowledge() {
    int torrents = changes.batch().size();
    changes.acknowledge();
    roundTorrents += torrents;
    figures.wrote(torrents);
  }

  private Standing standing() {
    if (standing == null) {
      throw new IllegalStateException("no database was reached yet");
    }
    return standing;
  }

  private static byte[] infoHash(PendingCompletions pending, int index) {
    Bytes20 infoHash = new Bytes20();
    pending.infoHash(index, infoHash);
    byte[] bytes = new byte[Bytes20.BYTES];
    infoHash.write(bytes, 0);
    return bytes;
  }
}
