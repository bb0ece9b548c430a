package io.trakx.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load profile}: flame graphs of this tracker under each load. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description = "Leaves a flame graph of this tracker under each load.")
final class ProfileCommand implements Callable<Integer> {
  private static final int WARMUP_SECONDS = 12;

  @Mixin CompareOptions options = new CompareOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where to leave them.")
  Path out = Path.of("");

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      defaultValue = "8",
      description = "How long to sample each load (${DEFAULT-VALUE}).")
  int seconds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(out);
    Machine machine = Machine.here();
    try (WorkDirectory work = WorkDirectory.create()) {
      Profiler profiler = new Profiler(work.path());
      Generator generator = new Generator();
      Launcher launcher = options.launcher(work.path(), Profiler.JAVA_OPTIONS);
      try (RunningTracker tracker =
          launcher.start(
              TrackerKind.TRAKX, Machine.on(machine.serverCore()), Comparison.POPULATION)) {
        List<String> pin = Machine.on(machine.loadCore());
        generator.run(pin, List.of("fill", tracker.url(true)));
        for (Workload workload :
            List.of(Workload.HTTP_CLOSE, Workload.HTTP_KEEP_ALIVE, Workload.UDP)) {
          generator.run(pin, arguments(workload, tracker, WARMUP_SECONDS));
          profiler.start(tracker.process().pid());
          generator.run(pin, arguments(workload, tracker, seconds));
          String name = workload.name().toLowerCase(Locale.ROOT).replace('_', '-');
          Path file = out.toAbsolutePath().resolve("profile-" + name);
          profiler.stop(tracker.process().pid(), file);
          System.out.println(file + ".html");
        }
      }
    }
    return 0;
  }

  private static List<String> arguments(Workload workload, RunningTracker tracker, int seconds) {
    List<String> arguments = new ArrayList<>();
    arguments.add("run");
    arguments.add(tracker.url(workload.udp()));
    arguments.addAll(workload.options());
    arguments.add("--warmup=0");
    arguments.add("--duration=" + seconds);
    return arguments;
  }
}
