package io.trakx.netty.persistence;

import static io.trakx.netty.persistence.jooq.Tables.WRITER;

import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.Record3;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * The ledger: which trackers write to the database, and the number of the last batch of each.
 *
 * <p>A batch's transaction begins by raising its writer's number, so it holds that row's lock from
 * then on. Whoever reads the row for an update therefore waits until a transaction of a lost
 * connection has been committed or undone, and then knows which.
 */
final class WriterTable {
  private WriterTable() {}

  /**
   * A writer's row.
   *
   * @param id what its rows in other tables refer to it by
   * @param session the process that may write
   * @param sequence the number of the last batch committed
   */
  record Standing(int id, long session, long sequence) {}

  /**
   * Makes {@code session} the one that may write as {@code name} from now on, and tells where the
   * one before left off.
   */
  static Standing claim(DSLContext sql, String name, long session, Instant now) {
    Standing standing = find(sql, name);
    if (standing == null) {
      sql.insertInto(WRITER, WRITER.NAME, WRITER.SESSION, WRITER.SEQUENCE, WRITER.STARTED)
          .values(name, session, 0L, now.getEpochSecond())
          .execute();
      standing = find(sql, name);
      if (standing == null) {
        throw new DataAccessException("the row of writer " + name + " is gone");
      }
      return standing;
    }
    sql.update(WRITER)
        .set(WRITER.SESSION, session)
        .set(WRITER.STARTED, now.getEpochSecond())
        .where(WRITER.ID.eq(standing.id))
        .execute();
    return new Standing(standing.id, session, standing.sequence);
  }

  /** A writer's row, once no transaction that changed it is under way; null if there is none. */
  static @Nullable Standing find(DSLContext sql, String name) {
    Record3<Integer, Long, Long> row =
        sql.select(WRITER.ID, WRITER.SESSION, WRITER.SEQUENCE)
            .from(WRITER)
            .where(WRITER.NAME.eq(name))
            .forUpdate()
            .fetchOne();
    return row == null ? null : new Standing(row.value1(), row.value2(), row.value3());
  }

  /**
   * Raises a writer's number.
   *
   * @return whether {@code session} may still write as it
   */
  static boolean raise(DSLContext sql, Standing standing, long sequence) {
    return sql.update(WRITER)
            .set(WRITER.SEQUENCE, sequence)
            .where(WRITER.ID.eq(standing.id))
            .and(WRITER.SESSION.eq(standing.session))
            .and(WRITER.SEQUENCE.lt(sequence))
            .execute()
        == 1;
  }
}
