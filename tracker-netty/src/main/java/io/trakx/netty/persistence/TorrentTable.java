package io.trakx.netty.persistence;

import static io.trakx.netty.persistence.jooq.Tables.TORRENT;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;

import io.trakx.core.protocol.Bytes20;
import io.trakx.core.swarm.TorrentChanges;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** What was counted of each torrent. */
final class TorrentTable {
  /** Deleted within one range of info-hashes, which is one short transaction. */
  private static final int ROWS_A_RANGE = 10_000;

  private static final Field<byte[]> INFO_HASH =
      field(TORRENT.INFO_HASH.getUnqualifiedName(), TORRENT.INFO_HASH.getDataType());

  private TorrentTable() {}

  /** The columns, and what they are in: a table, or two that the embedded database has for it. */
  private record Rows(
      Table<? extends Record> from,
      Field<Integer> seeders,
      Field<Integer> leechers,
      Field<Long> completed,
      Field<Long> lastSeen,
      Field<Integer> writer,
      Field<Long> sequence) {
    private static final Rows OF_A_SERVER =
        new Rows(
            TORRENT,
            TORRENT.SEEDERS,
            TORRENT.LEECHERS,
            TORRENT.COMPLETED,
            TORRENT.LAST_SEEN,
            TORRENT.WRITER,
            TORRENT.SEQUENCE);

    private static final Rows EMBEDDED =
        new Rows(
            EmbeddedTorrents.ROWS,
            EmbeddedTorrents.column(TORRENT.SEEDERS),
            EmbeddedTorrents.column(TORRENT.LEECHERS),
            EmbeddedTorrents.column(TORRENT.COMPLETED),
            EmbeddedTorrents.column(TORRENT.LAST_SEEN),
            EmbeddedTorrents.column(TORRENT.WRITER),
            EmbeddedTorrents.column(TORRENT.SEQUENCE));

    static Rows of(DSLContext sql) {
      return isEmbedded(sql) ? EMBEDDED : OF_A_SERVER;
    }

    SelectJoinStep<? extends Record> select(DSLContext sql) {
      return sql.select(INFO_HASH, completed, seeders, leechers, writer, sequence).from(from);
    }
  }

  private static boolean isEmbedded(DSLContext sql) {
    return sql.dialect() == SQLDialect.H2;
  }

  /**
   * Where the rows of a batch come from.
   *
   * @param writer the tracker's id
   * @param sequence the batch's number
   * @param now when the torrents were seen
   */
  record Origin(int writer, long sequence, Instant now) {}

  /**
   * Adds a batch to the rows that there are, and makes those that there are not.
   *
   * @param ids of the embedded database's torrents
   * @param rest called between the parts of the work, of less than a millisecond each with the
   *     embedded database
   */
  static void write(
      DSLContext sql, Origin origin, TorrentChanges batch, TorrentIds ids, Runnable rest) {
    if (batch.size() == 0) {
      return;
    }
    if (isEmbedded(sql)) {
      new TorrentBlocks(origin, batch, ids).write(sql, rest);
    } else {
      int[] order = order(batch, IntStream.range(0, batch.size()));
      new TorrentUpsert(origin, batch, order).write(sql, rest);
    }
  }

  /**
   * The order of info-hashes: trackers that write the same rows of a server then wait for each
   * other, instead of each for what the other has; and look-ups find neighbours.
   */
  static int[] order(TorrentChanges batch, IntStream indexes) {
    int[] unordered = indexes.toArray();
    byte[][] infoHashes = new byte[batch.size()][];
    for (int index : unordered) {
      infoHashes[index] = infoHash(batch, index);
    }
    return Arrays.stream(unordered)
        .boxed()
        .sorted((a, b) -> Arrays.compareUnsigned(infoHashes[a], infoHashes[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static byte[] infoHash(TorrentChanges batch, int index) {
    Bytes20 infoHash = new Bytes20();
    batch.infoHash(index, infoHash);
    byte[] bytes = new byte[Bytes20.BYTES];
    infoHash.write(bytes, 0);
    return bytes;
  }

  /** Is told what rows say. */
  @FunctionalInterface
  interface RowVisitor {
    /**
     * A torrent's row.
     *
     * @param infoHash its 20 bytes
     * @param completed downloads counted so far
     * @param seeders as the tracker counted that wrote last
     * @param leechers as the tracker counted that wrote last
     * @param writer that tracker's id
     * @param sequence the number of its batch
     */
    void row(byte[] infoHash, long completed, int seeders, int leechers, int writer, long sequence);
  }

  /** Visits the rows of these torrents, as far as there are some. */
  static void find(DSLContext sql, Collection<byte[]> infoHashes, RowVisitor visitor) {
    if (!infoHashes.isEmpty()) {
      visit(Rows.of(sql).select(sql).where(INFO_HASH.in(infoHashes)).fetchResultSet(), visitor);
    }
  }

  /**
   * Visits what a tracker wants to know of at its start, in the order of info-hashes: torrents that
   * somebody completed, and those in which it had peers itself.
   *
   * @param after the info-hash to go on after, or null to begin
   * @param limit the most rows visited
   * @return the last info-hash, or null if there were none
   */
  static byte @Nullable [] page(
      DSLContext sql, int writer, byte @Nullable [] after, int limit, RowVisitor visitor) {
    LastHash last = new LastHash(visitor);
    Rows rows = Rows.of(sql);
    Condition hadPeers = rows.writer.eq(writer).and(rows.seeders.gt(0).or(rows.leechers.gt(0)));
    visit(
        rows.select(sql)
            .where(range(after, null))
            .and(rows.completed.gt(0L).or(hadPeers))
            .orderBy(INFO_HASH)
            .limit(limit)
            .fetchResultSet(),
        last);
    return last.infoHash;
  }

  /**
   * The end of the range of some thousand rows that begins after {@code after}.
   *
   * @param after an info-hash, or null for the first range
   * @return the range's last info-hash, or null if it goes to the end
   */
  static byte @Nullable [] rangeEnd(DSLContext sql, byte @Nullable [] after) {
    return sql.select(INFO_HASH)
        .from(isEmbedded(sql) ? EmbeddedTorrents.HASHES : TORRENT)
        .where(range(after, null))
        .orderBy(INFO_HASH)
        .limit(1)
        .offset(ROWS_A_RANGE - 1)
        .fetchOne(INFO_HASH);
  }

  /**
   * Deletes torrents of a range that nobody completed, without peers, and not changed since {@code
   * before}.
   *
   * @return how many
   */
  static int prune(DSLContext sql, byte @Nullable [] after, byte @Nullable [] end, Instant before) {
    Rows rows = Rows.of(sql);
    Condition idle =
        range(after, end)
            .and(rows.completed.eq(0L))
            .and(rows.seeders.eq(0))
            .and(rows.leechers.eq(0))
            .and(rows.lastSeen.lt(before.getEpochSecond()));
    return isEmbedded(sql)
        ? EmbeddedTorrents.delete(sql, idle)
        : sql.deleteFrom(TORRENT).where(idle).execute();
  }

  private static Condition range(byte @Nullable [] after, byte @Nullable [] end) {
    Condition range = after == null ? noCondition() : INFO_HASH.gt(after);
    return end == null ? range : range.and(INFO_HASH.le(end));
  }

  /** Without jOOQ's records: there may be millions. */
  private static void visit(ResultSet rows, RowVisitor visitor) {
    try (rows) {
      while (rows.next()) {
        visitor.row(
            rows.getBytes(1),
            rows.getLong(2),
            rows.getInt(3),
            rows.getInt(4),
            rows.getInt(5),
            rows.getLong(6));
      }
    } catch (SQLException e) {
      throw new DataAccessException("rows of torrents", e);
    }
  }

  private static final class LastHash implements RowVisitor {
    private final RowVisitor visitor;
    private byte @Nullable [] infoHash;

    LastHash(RowVisitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public void row(
        byte[] infoHash, long completed, int seeders, int leechers, int writer, long sequence) {
      this.infoHash = Arrays.copyOf(infoHash, infoHash.length);
      visitor.row(infoHash, completed, seeders, leechers, writer, sequence);
    }
  }
}
