package io.trakx.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load compare}: this tracker against opentracker. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Runs this tracker and opentracker in turn and compares what they need.")
final class CompareCommand implements Callable<Integer> {
  private static final double BUSY = 1.0;

  @Mixin CompareOptions options = new CompareOptions();

  @Option(
      names = "--full",
      description = "Longer, more often, and with ten million peers: for the record.")
  boolean full;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Write the tables there as Markdown.")
  Path out = Path.of("");

  @Option(
      names = "--opentracker-version",
      paramLabel = "TEXT",
      defaultValue = "of unknown version",
      description = "What to call it in the report.")
  String opentrackerVersion = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    String machineLine = Machine.describe();
    double loadBefore = Machine.loadAverage();
    if (loadBefore > BUSY) {
      System.err.printf(
          Locale.ROOT,
          "The machine is busy (load average %.1f): expect wrong figures.%n",
          loadBefore);
    }
    Results results = new Results();
    Comparison.Effort effort = full ? Comparison.Effort.FULL : Comparison.Effort.QUICK;
    try (WorkDirectory work = WorkDirectory.create()) {
      Machine machine = Machine.here();
      Generator generator = new Generator();
      Launcher launcher = options.launcher(work.path(), "");
      results.add(new StartUp(launcher).measure());
      new Comparison(launcher, generator, machine, effort, System.err, results).run();
      if (full) {
        new TenMillionPeers(launcher, generator, machine, effort, System.err).run(results);
      }
    }
    String report =
        String.format(
            Locale.ROOT,
            "%s. %s. opentracker %s. Load average before: %.1f. %d turns of %d s each.%n%n%s%n%s",
            LocalDate.now(ZoneOffset.UTC),
            machineLine,
            opentrackerVersion,
            loadBefore,
            effort.rounds(),
            effort.seconds(),
            results.table(),
            results.details());
    Path directory = out.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Files.writeString(out, report);
    System.out.print(report);
    return 0;
  }
}
