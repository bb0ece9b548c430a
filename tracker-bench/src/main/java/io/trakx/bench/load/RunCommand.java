package io.trakx.bench.load;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load run}: asks a tracker for a while and reports. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Loads a tracker for a while, checks its answers, and reports.")
final class RunCommand implements Callable<Integer> {
  @Mixin LoadOptions options = new LoadOptions();

  @Option(names = "--keep-alive", description = "HTTP: keep connections open.")
  boolean keepAlive;

  @Option(
      names = "--zipf",
      paramLabel = "EXPONENT",
      defaultValue = "0",
      description =
          "Choose swarms by Zipf's law, 1 being what popularity looks like; 0, the default: all"
              + " alike.")
  double zipfExponent;

  @Option(
      names = "--mix",
      paramLabel = "KIND=WEIGHT,...",
      defaultValue = "announce=94,started=3,completed=1,stopped=2",
      description = "What is asked how often; scrape is a kind, too (${DEFAULT-VALUE}).")
  String mix = "";

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Requests a second, on a timetable; latency counts from the time on it. 0, the default: a"
              + " closed loop.")
  double rate;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that share the sockets (${DEFAULT-VALUE}).")
  int threads;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "Load before measuring (${DEFAULT-VALUE}).")
  double warmupSeconds;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Measured time, an hour at most (${DEFAULT-VALUE}).")
  double durationSeconds;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "End when so many requests are done.")
  long mostRequests = Long.MAX_VALUE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "For the random choices (${DEFAULT-VALUE}).")
  long seed;

  @Override
  public Integer call() throws IOException {
    LoadPlan plan =
        new LoadPlan(
            Target.parse(options.url),
            keepAlive,
            options.connections,
            threads,
            options.population(),
            zipfExponent,
            RequestMix.parse(mix),
            options.numwant,
            options.askerMayBeGiven,
            rate,
            LoadOptions.seconds(warmupSeconds),
            LoadOptions.seconds(durationSeconds),
            mostRequests,
            LoadOptions.seconds(options.timeoutSeconds),
            seed,
            options.serverPid);
    LoadReport report = new LoadRun(plan, System::nanoTime).measure();
    System.out.print(options.json ? Json.write(report) : report.text());
    return report.requests() > 0 && report.errorCount() <= report.requests() / 100 ? 0 : 1;
  }
}
