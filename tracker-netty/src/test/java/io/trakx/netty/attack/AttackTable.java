package io.trakx.netty.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** The figures of all attacks, a row of Markdown each, in {@code target/attacks.md}. */
final class AttackTable {
  private static final Path FILE =
      Path.of(System.getProperty("trakx.attack.table", "target/attacks.md"));
  private static final String HEAD =
      "| attack or fault | what was done | the tracker | clients beside it | their p99 before,"
          + " during, after |\n"
          + "|---|---|---|---|---|\n";

  private AttackTable() {}

  /** Adds a row about an attack that the tracker withstood. */
  static void add(
      String attack,
      String done,
      String tracker,
      Latencies before,
      Latencies during,
      Latencies after)
      throws IOException {
    Files.createDirectories(FILE.toAbsolutePath().getParent());
    if (!Files.exists(FILE)) {
      Files.writeString(FILE, HEAD);
    }
    String row =
        String.format(
            Locale.ROOT,
            "| %s | %s | %s | %d answered, %d wrong or none, %d sent again | %.2f, %.2f, %.2f ms"
                + " |%n",
            attack,
            done,
            tracker,
            during.answered(),
            during.faults().size(),
            during.retries(),
            before.millis(99),
            during.millis(99),
            after.millis(99));
    Files.writeString(FILE, row, StandardOpenOption.APPEND);
  }
}
