package io.trakx.netty.app;

import java.nio.file.Files;
import java.nio.file.Path;

/** The file of the embedded database, for those who must not make one by looking at it. */
final class EmbeddedDatabase {
  private static final String FILE = "trakx.mv.db";

  private EmbeddedDatabase() {}

  static boolean exists(Path dataDirectory) {
    return Files.exists(dataDirectory.resolve(FILE));
  }
}
