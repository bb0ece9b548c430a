package io.trakx.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load persistence}: this tracker with a database against this tracker without one. */
@Command(
    name = "persistence",
    mixinStandardHelpOptions = true,
    description = "Says what writing to a database costs those who announce.")
final class PersistenceCommand implements Callable<Integer> {
  @Mixin CompareOptions options = new CompareOptions();

  @Option(names = "--full", description = "Longer and more often: for the record.")
  boolean full;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "Where to write; the embedded database if not said.")
  @Nullable String databaseUrl;

  @Option(names = "--database-user", paramLabel = "NAME", description = "Who logs in there.")
  @Nullable String databaseUser;

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "The file with that user's password.")
  @Nullable Path databasePasswordFile;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> database = new ArrayList<>();
    add(database, "database.url", databaseUrl);
    add(database, "database.user", databaseUser);
    add(database, "database.password_file", databasePasswordFile);
    Results results = new Results();
    try (WorkDirectory work = WorkDirectory.create()) {
      new PersistenceCost(
              options.launcher(work.path(), ""),
              new Generator(),
              Machine.here(),
              full,
              System.err,
              database)
          .run(results);
    }
    System.out.print(results.table());
    return 0;
  }

  private static void add(List<String> settings, String key, @Nullable Object value) {
    if (value != null) {
      settings.add(key + "=" + value);
    }
  }
}
