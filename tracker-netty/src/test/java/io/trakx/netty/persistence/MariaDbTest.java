package io.trakx.netty.persistence;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** {@link DatabaseContract} with a real MariaDB. */
@Tag("slow")
class MariaDbTest extends DatabaseContract {
  @TempDir private static Path directory;

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static MariaDbServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = MariaDbServer.start(directory);
  }

  @AfterAll
  static void endServer() {
    server.close();
  }

  @Override
  DatabaseOptions emptyDatabase() {
    String url = server.url("trakx" + DATABASES.incrementAndGet());
    return DatabaseOptions.defaults(DatabaseUrl.parse(url, directory))
        .withAccount("root", Password.none());
  }

  @Override
  String schemaVersion() {
    return "2";
  }
}
