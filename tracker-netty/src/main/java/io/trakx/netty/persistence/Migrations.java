package io.trakx.netty.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.jooq.SQLDialect;

/**
 * Brings a database to the state that this version needs. Several trackers may do so at once: the
 * others wait for one, by a lock of the server. Flyway's own begins only once its table is there.
 */
final class Migrations {
  /** The version of a database without tables. */
  static final String NONE = "none";

  private static final Object EMBEDDED_LOCK = new Object();

  /** Of this database only, whatever its name; a lock's has at most 64 characters. */
  private static final String LOCK_NAME = "concat('trakx:', md5(database()))";

  private final Flyway flyway;
  private final boolean embedded;

  Migrations(DataSource source, Server server) {
    embedded = server.dialect() == SQLDialect.H2;
    String tableOptions = embedded ? "" : "engine=InnoDB default charset=utf8mb4";
    String[] locations =
        embedded
            ? new String[] {"classpath:db/migration", "classpath:db/embedded"}
            : new String[] {"classpath:db/migration"};
    flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(source)
            .locations(locations)
            .placeholders(Map.of("table_options", tableOptions))
            // The database may be one that others use as well.
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load();
  }

  /**
   * Runs the scripts that have not been run yet.
   *
   * @param connection to the database, by which the lock is held
   * @param lockTimeout how long to wait for others at the same work
   * @throws DatabaseException if they take longer
   */
  void run(Connection connection, Duration lockTimeout) throws SQLException, DatabaseException {
    if (embedded) {
      // In one process, but for a command beside it.
      synchronized (EMBEDDED_LOCK) {
        forgetFailures();
        var _ = flyway.migrate();
      }
      return;
    }
    if (!ask(connection, "select get_lock(" + LOCK_NAME + ", " + lockTimeout.toSeconds() + ")")) {
      throw new DatabaseException("another tracker is changing the tables; it is tried again");
    }
    try {
      var _ = flyway.migrate();
    } finally {
      var _ = ask(connection, "select release_lock(" + LOCK_NAME + ")");
    }
  }

  /** A full disk, say: scripts may be run again, but Flyway leaves them until somebody says so. */
  private void forgetFailures() {
    if (Arrays.stream(flyway.info().all()).anyMatch(script -> script.getState().isFailed())) {
      var _ = flyway.repair();
    }
  }

  private static boolean ask(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      return row.next() && row.getInt(1) == 1;
    }
  }

  /** The version of the last script that was run, or {@link #NONE}. */
  String version() {
    MigrationInfo current = flyway.info().current();
    return current == null || current.getVersion() == null
        ? NONE
        : current.getVersion().getVersion();
  }

  /** How many scripts have not been run yet. */
  int pending() {
    MigrationInfoService info = flyway.info();
    return info.pending().length;
  }
}
