package io.trakx.netty.persistence;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import java.util.Arrays;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/**
 * The two tables in which the embedded database has what others have in one.
 *
 * <pre>
 * torrent_hash   id, info_hash, first_seen                            never updated
 * torrent_block  id, seeders[8], leechers[8], completed[8], ...       by each flush
 * </pre>
 *
 * <p>Torrent n is the (n mod 8 + 1)th of block n / 8. To update a row the database copies a path of
 * pages four times: for its lock, its removal, its addition and the commit; and it takes the row
 * out of every index and puts it in again, whatever has changed in it. So what never changes has a
 * table of its own, and the other one no index but its key, which is a number and with that the
 * table's own.
 *
 * <p>{@code torrent} is a view of both, for queries by hand: the database reads all of a view
 * before it sorts or ends it, so that what is read page by page is read from the tables.
 */
final class EmbeddedTorrents {
  /** Torrents of a block. */
  static final int PLACES = 8;

  /** All info-hashes. */
  static final Table<?> HASHES = table(name("torrent_hash"));

  private static final Table<?> BLOCKS = table(name("torrent_block"));
  private static final Field<Long> ID = field(name("torrent_hash", "id"), Long.class);
  private static final Field<Long> BLOCK_ID = field(name("torrent_block", "id"), Long.class);

  /** All torrents. */
  static final Table<? extends Record> ROWS = HASHES.join(BLOCKS).on(BLOCK_ID.eq(ID.div(PLACES)));

  private EmbeddedTorrents() {}

  /** Of {@link #ROWS}, what stands for a column of the one table. */
  static <T> Field<T> column(Field<T> ofTheOneTable) {
    return field(
        "torrent_block.{0}[mod(torrent_hash.id, 8) + 1]",
        ofTheOneTable.getDataType(), ofTheOneTable.getUnqualifiedName());
  }

  /**
   * Deletes torrents, and blocks in which there are no others; or nothing.
   *
   * @return how many torrents
   */
  static int delete(DSLContext sql, Condition which) {
    return sql.transactionResult(
        transaction -> {
          DSLContext both = transaction.dsl();
          // Those stay as they are until they are gone.
          Long[] ids = both.select(ID).from(ROWS).where(which).forUpdate().fetchArray(ID);
          int deleted = both.deleteFrom(HASHES).where(ID.eq(any(ids))).execute();
          Long[] blocks = Arrays.stream(ids).map(id -> id / PLACES).distinct().toArray(Long[]::new);
          Field<Long> first = BLOCK_ID.mul(PLACES);
          both.deleteFrom(BLOCKS)
              .where(BLOCK_ID.eq(any(blocks)))
              .and(
                  notExists(
                      selectOne().from(HASHES).where(ID.between(first, first.add(PLACES - 1)))))
              .execute();
          return deleted;
        });
  }
}
