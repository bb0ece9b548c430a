package io.trakx.bench.load;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load readers}: this tracker's pages and metrics, read once a second. */
@Command(
    name = "readers",
    mixinStandardHelpOptions = true,
    description =
        "Says how long somebody waits who reads a page or metrics once a second, and what that"
            + " costs those who announce.")
final class ReadersCommand implements Callable<Integer> {
  @Mixin CompareOptions options = new CompareOptions();

  @Option(names = "--full", description = "Longer, and with ten million peers: for the record.")
  boolean full;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Results results = new Results();
    try (WorkDirectory work = WorkDirectory.create()) {
      Launcher launcher = options.launcher(work.path(), "");
      Generator generator = new Generator();
      Machine machine = Machine.here();
      new Readers(launcher, generator, machine, full, System.err).run(results);
      new ReadersCost(launcher, generator, machine, full, System.err).run(results);
    }
    System.out.print(results.table());
    return 0;
  }
}
