package io.trakx.netty.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderNameCase;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * A database that was reached: connections to it, and its SQL.
 *
 * <p>Lives until something fails: then it is closed, and the next one may be another server, or the
 * same with another password. Thread-safe, but for {@link #torrentIds}.
 */
final class Database implements AutoCloseable {
  /** One writes, and one is for who reads meanwhile. */
  private static final int CONNECTIONS = 2;

  private final Server server;
  private final HikariDataSource pool;
  private final DSLContext sql;
  private final TorrentIds torrentIds = new TorrentIds();

  private Database(Server server, HikariDataSource pool) {
    this.server = server;
    this.pool = pool;
    this.sql = sql(pool, server.dialect());
  }

  /**
   * Reaches the database and brings it up to date.
   *
   * @throws DatabaseException if it cannot be had
   */
  static Database open(DatabaseOptions options) throws DatabaseException {
    JdbcSource source = new JdbcSource(options);
    try (Connection connection = source.getConnection()) {
      Server server = Server.of(connection);
      new Migrations(source, server).run(connection, options.answerTimeout().dividedBy(2));
      // Before the first is closed: the embedded database ends with its last connection.
      return new Database(server, pool(options, source));
    } catch (SQLException | FlywayException e) {
      throw DatabaseException.of(e);
    }
  }

  private static HikariDataSource pool(DatabaseOptions options, JdbcSource source) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("trakx");
    config.setDataSource(source);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(options.connectTimeout().toMillis());
    config.setValidationTimeout(options.connectTimeout().toMillis());
    // Rows that others have just inserted lock no more than themselves.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return new HikariDataSource(config);
  }

  /** SQL in a dialect, over connections of {@code source}. */
  private static DSLContext sql(HikariDataSource source, SQLDialect dialect) {
    return DSL.using(source, dialect, settings());
  }

  /** How statements are written: names as in the scripts, whatever the generator read. */
  static Settings settings() {
    return new Settings()
        .withRenderSchema(false)
        .withRenderQuotedNames(RenderQuotedNames.NEVER)
        .withRenderNameCase(RenderNameCase.LOWER)
        .withExecuteLogging(false);
  }

  /** What it is. */
  Server server() {
    return server;
  }

  /** To run single statements, each in a transaction of its own. */
  DSLContext sql() {
    return sql;
  }

  /** What is known of the embedded database's torrents, for the thread that writes them. */
  TorrentIds torrentIds() {
    return torrentIds;
  }

  /** What is done in one transaction; whatever it throws undoes it. */
  @FunctionalInterface
  interface Transaction<T> {
    T run(DSLContext sql);
  }

  /**
   * Runs a transaction.
   *
   * @throws DataAccessException if it failed, or may have: if the connection broke during the
   *     commit, nobody knows
   */
  <T> T inTransaction(Transaction<T> work) {
    return sql.transactionResult(configuration -> work.run(configuration.dsl()));
  }

  @Override
  public void close() {
    pool.close();
  }
}
