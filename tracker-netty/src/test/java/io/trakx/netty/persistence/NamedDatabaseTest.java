package io.trakx.netty.persistence;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * {@link DatabaseContract} with the server that {@code TRAKX_TEST_DATABASE_URL} names, by the
 * account of {@code TRAKX_TEST_DATABASE_USER} and {@code TRAKX_TEST_DATABASE_PASSWORD}, which makes
 * databases there. Where there is none, the build leaves it out.
 */
@Tag("slow")
@Tag("named-database")
@EnabledIfEnvironmentVariable(named = "TRAKX_TEST_DATABASE_URL", matches = ".+")
class NamedDatabaseTest extends DatabaseContract {
  @Override
  DatabaseOptions emptyDatabase() {
    String server = environment("TRAKX_TEST_DATABASE_URL").replaceFirst("(//[^/?]*).*", "$1");
    String name = "trakx_test_" + UUID.randomUUID().toString().replace("-", "");
    String url =
        server + "/" + name + "?createDatabaseIfNotExist=true&allowPublicKeyRetrieval=true";
    return DatabaseOptions.defaults(DatabaseUrl.parse(url, Path.of("target")))
        .withAccount(
            environment("TRAKX_TEST_DATABASE_USER"),
            Password.of(environment("TRAKX_TEST_DATABASE_PASSWORD")));
  }

  private static String environment(String name) {
    return Optional.ofNullable(System.getenv(name)).orElse("");
  }

  @Override
  String schemaVersion() {
    return "2";
  }
}
