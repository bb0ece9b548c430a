package io.trakx.netty.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** A database as the first version made it. */
final class FirstVersion {
  private FirstVersion() {}

  /** Makes its tables. */
  static void make(DatabaseOptions options) {
    migrate(options, "1");
  }

  /** Brings its tables, embedded ones, to those of a later version. */
  static void migrate(DatabaseOptions options, String version) {
    var _ =
        Flyway.configure()
            .dataSource(new JdbcSource(options))
            .locations("classpath:db/migration", "classpath:db/embedded")
            .placeholders(Map.of("table_options", ""))
            .target(version)
            .load()
            .migrate();
  }

  /** Runs statements, each in a transaction of its own. */
  static void execute(DatabaseOptions options, String... statements) throws SQLException {
    try (Connection connection = new JdbcSource(options).getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** A torrent's info-hash as a literal. */
  static String hash(int torrent) {
    return "x'" + Swarms.infoHash(torrent) + "'";
  }
}
