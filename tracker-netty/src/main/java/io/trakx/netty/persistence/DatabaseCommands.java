package io.trakx.netty.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.jooq.exception.DataAccessException;

/**
 * What an operator asks of a database, beside a running tracker or without one. Blocks; for one
 * thread.
 */
public final class DatabaseCommands implements AutoCloseable {
  private final Database database;

  private DatabaseCommands(Database database) {
    this.database = database;
  }

  /**
   * Reaches the database. Brings it up to date, but not an embedded one of an earlier version: a
   * tracker of that version may be running, and would lose what it writes meanwhile.
   *
   * @throws DatabaseException if it cannot be had, or is such a one
   */
  public static DatabaseCommands open(DatabaseOptions options) throws DatabaseException {
    if (options.url().isEmbedded()) {
      DatabaseReport report = check(options);
      if (report.pendingMigrations() > 0 && !report.schemaVersion().equals(Migrations.NONE)) {
        throw new DatabaseException(
            "the database is that of an earlier Trakx (migration "
                + report.schemaVersion()
                + "); start the tracker of this version first, which brings it up to date");
      }
    }
    return new DatabaseCommands(Database.open(options));
  }

  /**
   * Looks at the database, and changes nothing but that an embedded one is there afterwards.
   *
   * @throws DatabaseException if it cannot be had
   */
  public static DatabaseReport check(DatabaseOptions options) throws DatabaseException {
    JdbcSource source = new JdbcSource(options);
    try (Connection connection = source.getConnection()) {
      Server server = Server.of(connection);
      Migrations migrations = new Migrations(source, server);
      return new DatabaseReport(server.toString(), migrations.version(), migrations.pending());
    } catch (SQLException | FlywayException e) {
      throw DatabaseException.of(e);
    }
  }

  /**
   * Bans a torrent, or gives its ban another reason; trackers know within seconds.
   *
   * @return whether it was not banned before
   * @throws DatabaseException if the database fails
   */
  public boolean ban(Ban ban) throws DatabaseException {
    return inTransaction(sql -> BanTable.add(sql, ban));
  }

  /**
   * Lifts a ban; trackers know within seconds.
   *
   * @param infoHash 40 lower-case hexadecimal digits
   * @return whether there was one
   * @throws DatabaseException if the database fails
   */
  public boolean unban(String infoHash) throws DatabaseException {
    return inTransaction(sql -> BanTable.remove(sql, infoHash));
  }

  /**
   * All bans, in the order of their info-hashes.
   *
   * @throws DatabaseException if the database fails
   */
  public List<Ban> bans() throws DatabaseException {
    return inTransaction(BanTable::all);
  }

  private <T> T inTransaction(Database.Transaction<T> work) throws DatabaseException {
    try {
      return database.inTransaction(work);
    } catch (DataAccessException e) {
      throw DatabaseException.of(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
