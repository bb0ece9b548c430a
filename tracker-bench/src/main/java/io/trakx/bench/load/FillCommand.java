package io.trakx.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load fill}: announces every peer once. */
@Command(
    name = "fill",
    mixinStandardHelpOptions = true,
    description = "Announces swarms times peers-per-swarm different peers once each, and reports.")
final class FillCommand implements Callable<Integer> {
  @Mixin LoadOptions options = new LoadOptions();

  @Option(
      names = "--first-swarm",
      paramLabel = "N",
      defaultValue = "0",
      description = "Leave out the swarms before this one, of 0 to one less than there are.")
  int firstSwarm;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "Peers a second, on a timetable. 0, the default: as fast as it goes.")
  double rate;

  @Override
  public Integer call() throws IOException {
    LoadPlan plan =
        new LoadPlan(
            Target.parse(options.url),
            true,
            options.connections,
            1,
            options.population(),
            0,
            RequestMix.parse("started=1"),
            options.numwant,
            options.askerMayBeGiven,
            rate,
            Duration.ZERO,
            Duration.ZERO,
            Long.MAX_VALUE,
            LoadOptions.seconds(options.timeoutSeconds),
            0,
            options.serverPid);
    LoadReport report = new LoadRun(plan, System::nanoTime).fill(firstSwarm);
    System.out.print(options.json ? Json.write(report) : report.text());
    return 0;
  }
}
