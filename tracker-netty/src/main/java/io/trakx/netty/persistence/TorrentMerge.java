package io.trakx.netty.persistence;

import io.trakx.core.swarm.TorrentChanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * How a batch gets into the rows of the embedded database ({@link EmbeddedTorrents}): by prepared
 * statements that take arrays. Row by row, each was a statement of its own to the database and a
 * tree of objects to jOOQ, a quarter of the garbage and a fifth of the CPU. What is left is the
 * database's: it copies a path of pages for the row's lock, removal and addition, and once more for
 * the commit.
 */
final class TorrentMerge {
  /** Less than a millisecond's worth, after which others may have the core. */
  private static final int ROWS_A_STATEMENT = 25;

  private static final String BATCH =
      """
      unnest(
        cast(?1 as binary(20) array), cast(?2 as int array),
        cast(?3 as int array), cast(?4 as bigint array)
      ) b(info_hash, seeders, leechers, completed)
      """;

  /** The rows that there are; most of the time that is all of them. */
  private static final String UPDATE =
      "merge into torrent_count t using (select h.id, b.seeders, b.leechers, b.completed from "
          + BATCH
          + """
          join torrent_hash h on h.info_hash = b.info_hash) c
          on t.id = c.id
          when matched then update set
            seeders = c.seeders, leechers = c.leechers, completed = t.completed + c.completed,
            last_seen = ?5, writer = ?6, sequence = ?7
          """;

  /** Ids for those that have none. */
  private static final String INSERT_HASHES =
      """
      insert into torrent_hash (info_hash, first_seen)
        select b.info_hash, ?2 from unnest(cast(?1 as binary(20) array)) b(info_hash)
        left join torrent_hash h on h.info_hash = b.info_hash
        where h.id is null
      """;

  private static final String INSERT_COUNTS =
      """
      insert into torrent_count (id, seeders, leechers, completed, last_seen, writer, sequence)
        select h.id, b.seeders, b.leechers, b.completed, ?5, ?6, ?7 from
      """
          + BATCH
          + """
          join torrent_hash h on h.info_hash = b.info_hash
          left join torrent_count t on t.id = h.id
          where t.id is null
          """;

  private final TorrentTable.Origin origin;
  private final TorrentChanges batch;
  private final int[] order;

  /**
   * @param order of the batch's torrents, that of info-hashes: pages are then written once a batch
   */
  TorrentMerge(TorrentTable.Origin origin, TorrentChanges batch, int[] order) {
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
    sql.connection(connection -> write(connection, rest));
  }

  private void write(Connection connection, Runnable rest) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE);
        PreparedStatement insertHashes = connection.prepareStatement(INSERT_HASHES);
        PreparedStatement insertCounts = connection.prepareStatement(INSERT_COUNTS)) {
      bindOrigin(update);
      bindOrigin(insertCounts);
      insertHashes.setLong(2, origin.now().getEpochSecond());
      for (int from = 0; from < order.length; from += ROWS_A_STATEMENT) {
        Object[][] columns = columns(from, Math.min(ROWS_A_STATEMENT, order.length - from));
        bind(update, columns);
        if (update.executeUpdate() < columns[0].length) {
          rest.run();
          insertHashes.setObject(1, columns[0]);
          insertHashes.executeUpdate();
          bind(insertCounts, columns);
          insertCounts.executeUpdate();
        }
        rest.run();
      }
    }
  }

  private void bindOrigin(PreparedStatement statement) throws SQLException {
    statement.setLong(5, origin.now().getEpochSecond());
    statement.setInt(6, origin.writer());
    statement.setLong(7, origin.sequence());
  }

  private static void bind(PreparedStatement statement, Object[][] columns) throws SQLException {
    for (int column = 0; column < columns.length; column++) {
      statement.setObject(column + 1, columns[column]);
    }
  }

  /** Info-hashes, seeders, leechers and completed downloads. */
  private Object[][] columns(int from, int rows) {
    Object[][] columns = new Object[4][rows];
    for (int row = 0; row < rows; row++) {
      int index = order[from + row];
      columns[0][row] = TorrentTable.infoHash(batch, index);
      columns[1][row] = batch.seeders(index);
      columns[2][row] = batch.leechers(index);
      columns[3][row] = (long) batch.completed(index);
    }
    return columns;
  }
}
