package io.trakx.netty.persistence;

import static io.trakx.netty.persistence.jooq.Tables.TORRENT;
import static org.jooq.impl.DSL.excluded;

import io.trakx.core.swarm.TorrentChanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertValuesStepN;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;

/**
 * How a batch gets into the rows of a server: by a statement of many rows, which jOOQ puts into the
 * server's words once a batch and JDBC fills. Put together anew for each statement, with its four
 * thousand values as a tree of objects, a batch took two and a half times the CPU.
 */
final class TorrentUpsert {
  /** More make it no quicker, and its text longer. */
  private static final int ROWS_A_STATEMENT = 500;

  private static final Field<?>[] COLUMNS = {
    TORRENT.INFO_HASH,
    TORRENT.SEEDERS,
    TORRENT.LEECHERS,
    TORRENT.COMPLETED,
    TORRENT.FIRST_SEEN,
    TORRENT.LAST_SEEN,
    TORRENT.WRITER,
    TORRENT.SEQUENCE
  };

  private final TorrentTable.Origin origin;
  private final TorrentChanges batch;
  private final int[] order;

  /**
   * @param order of the batch's torrents, that of info-hashes
   */
  TorrentUpsert(TorrentTable.Origin origin, TorrentChanges batch, int[] order) {
    this.origin = origin;
    this.batch = batch;
    this.order = order;
  }

  /**
   * Writes it, in the transaction that {@code sql} is in.
   *
   * @param rest called after each statement
   * @throws DataAccessException if the database fails
   */
  void write(DSLContext sql, Runnable rest) {
    int whole = order.length - order.length % ROWS_A_STATEMENT;
    sql.connection(
        connection -> {
          write(connection, sql, 0, whole, ROWS_A_STATEMENT, rest);
          write(connection, sql, whole, order.length, order.length - whole, rest);
        });
  }

  private void write(
      Connection connection, DSLContext sql, int from, int to, int rows, Runnable rest)
      throws SQLException {
    if (from == to) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(text(sql, rows))) {
      bindOrigin(statement, rows);
      for (int first = from; first < to; first += rows) {
        bindCounts(statement, first, rows);
        statement.executeUpdate();
        rest.run();
      }
    }
  }

  /** The statement for so many rows, with a parameter for each of their columns. */
  static String text(DSLContext sql, int rows) {
    InsertValuesStepN<Record> insert = sql.insertInto(TORRENT).columns(COLUMNS);
    for (int row = 0; row < rows; row++) {
      insert = insert.values(new Object[COLUMNS.length]);
    }
    return insert
        .onDuplicateKeyUpdate()
        .set(TORRENT.SEEDERS, excluded(TORRENT.SEEDERS))
        .set(TORRENT.LEECHERS, excluded(TORRENT.LEECHERS))
        .set(TORRENT.COMPLETED, TORRENT.COMPLETED.plus(excluded(TORRENT.COMPLETED)))
        .set(TORRENT.LAST_SEEN, excluded(TORRENT.LAST_SEEN))
        .set(TORRENT.WRITER, excluded(TORRENT.WRITER))
        .set(TORRENT.SEQUENCE, excluded(TORRENT.SEQUENCE))
        .getSQL();
  }

  /** What is the same in all rows of the batch. */
  private void bindOrigin(PreparedStatement statement, int rows) throws SQLException {
    long seconds = origin.now().getEpochSecond();
    for (int row = 0; row < rows; row++) {
      int before = row * COLUMNS.length;
      statement.setLong(before + 5, seconds);
      statement.setLong(before + 6, seconds);
      statement.setInt(before + 7, origin.writer());
      statement.setLong(before + 8, origin.sequence());
    }
  }

  private void bindCounts(PreparedStatement statement, int first, int rows) throws SQLException {
    for (int row = 0; row < rows; row++) {
      int index = order[first + row];
      int before = row * COLUMNS.length;
      statement.setBytes(before + 1, TorrentTable.infoHash(batch, index));
      statement.setInt(before + 2, batch.seeders(index));
      statement.setInt(before + 3, batch.leechers(index));
      statement.setLong(before + 4, batch.completed(index));
    }
  }
}
