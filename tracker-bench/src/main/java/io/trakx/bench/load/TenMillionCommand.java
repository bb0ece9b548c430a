package io.trakx.bench.load;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load ten-million}: the part of a full comparison that needs no other tracker. */
@Command(
    name = "ten-million",
    mixinStandardHelpOptions = true,
    description = "Says what ten million peers cost this tracker.")
final class TenMillionCommand implements Callable<Integer> {
  @Mixin CompareOptions options = new CompareOptions();

  @Option(names = "--full", description = "Longer and more often: for the record.")
  boolean full;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Results results = new Results();
    Comparison.Effort effort = full ? Comparison.Effort.FULL : Comparison.Effort.QUICK;
    try (WorkDirectory work = WorkDirectory.create()) {
      Launcher launcher = options.launcher(work.path(), "");
      new TenMillionPeers(launcher, new Generator(), Machine.here(), effort, System.err)
          .run(results);
    }
    System.out.print(results.table());
    return 0;
  }
}
