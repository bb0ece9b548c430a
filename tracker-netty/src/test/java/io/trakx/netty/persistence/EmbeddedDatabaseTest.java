package io.trakx.netty.persistence;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@link DatabaseContract} with the embedded database. */
class EmbeddedDatabaseTest extends DatabaseContract {
  @TempDir private Path directory;

  @Override
  DatabaseOptions emptyDatabase() {
    return DatabaseOptions.defaults(DatabaseUrl.parse("", directory));
  }

  @Override
  String schemaVersion() {
    return "4";
  }
}
