package io.trakx.netty.persistence;

import io.trakx.core.swarm.TorrentChanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * How a batch gets into the rows of the embedded database: by one prepared statement that takes
 * arrays. Row by row, each was a statement of its own to the database and a tree of objects to
 * jOOQ, a quarter of the garbage and a fifth of the CPU. What is left is the database's: it copies
 * a path of pages for the row's lock, removal and addition, in the table and in the index of
 * info-hashes, and once more for the commit.
 */
final class TorrentMerge {
  /** Less than a millisecond's worth, after which others may have the core. */
  private static final int ROWS_A_STATEMENT = 25;

  private static final String MERGE =
      """
      merge into torrent t using (
        select * from unnest(
          cast(?1 as binary(20) array), cast(?2 as int array),
          cast(?3 as int array), cast(?4 as bigint array))
      ) c(info_hash, seeders, leechers, completed)
      on t.info_hash = c.info_hash
      when matched then update set
        seeders = c.seeders, leechers = c.leechers, completed = t.completed + c.completed,
        last_seen = ?5, writer = ?6, sequence = ?7
      when not matched then insert
        (info_hash, seeders, leechers, completed, first_seen, last_seen, writer, sequence)
        values (c.info_hash, c.seeders, c.leechers, c.completed, ?5, ?5, ?6, ?7)
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
    try (PreparedStatement merge = connection.prepareStatement(MERGE)) {
      merge.setLong(5, origin.now().getEpochSecond());
      merge.setInt(6, origin.writer());
      merge.setLong(7, origin.sequence());
      for (int from = 0; from < order.length; from += ROWS_A_STATEMENT) {
        bind(merge, from, Math.min(ROWS_A_STATEMENT, order.length - from));
        merge.executeUpdate();
        rest.run();
      }
    }
  }

  private void bind(PreparedStatement merge, int from, int rows) throws SQLException {
    Object[] infoHashes = new Object[rows];
    Object[] seeders = new Object[rows];
    Object[] leechers = new Object[rows];
    Object[] completed = new Object[rows];
    for (int row = 0; row < rows; row++) {
      int index = order[from + row];
      infoHashes[row] = TorrentTable.infoHash(batch, index);
      seeders[row] = batch.seeders(index);
      leechers[row] = batch.leechers(index);
      completed[row] = (long) batch.completed(index);
    }
    merge.setObject(1, infoHashes);
    merge.setObject(2, seeders);
    merge.setObject(3, leechers);
    merge.setObject(4, completed);
  }
}
