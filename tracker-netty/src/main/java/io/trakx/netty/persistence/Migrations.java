package io.trakx.netty.persistence;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.jooq.SQLDialect;

/**
 * Brings a database to the state that this version needs. Several trackers may do so at once: the
 * others wait for one, by a lock of the database.
 */
final class Migrations {
  private final Flyway flyway;

  Migrations(DataSource source, Server server) {
    String tableOptions =
        server.dialect() == SQLDialect.H2 ? "" : "engine=InnoDB default charset=utf8mb4";
    flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(source)
            .locations("classpath:db/migration")
            .placeholders(Map.of("table_options", tableOptions))
            // The database may be one that others use as well.
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load();
  }

  /** Runs the scripts that have not been run yet. */
  void run() {
    var _ = flyway.migrate();
  }

  /** The version of the last script that was run, or "none". */
  String version() {
    MigrationInfo current = flyway.info().current();
    return current == null || current.getVersion() == null
        ? "none"
        : current.getVersion().getVersion();
  }

  /** How many scripts have not been run yet. */
  int pending() {
    MigrationInfoService info = flyway.info();
    return info.pending().length;
  }
}
