package io.trakx.bench.load;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the trackers are. */
final class CompareOptions {
  @Option(
      names = "--distribution",
      paramLabel = "DIR",
      required = true,
      description = "This tracker's exploded distribution.")
  Path distribution = Path.of("");

  @Option(
      names = "--opentracker",
      paramLabel = "FILE",
      defaultValue = "/usr/bin/opentracker",
      description = "The other tracker (${DEFAULT-VALUE}).")
  Path opentracker = Path.of("");

  Launcher launcher(Path work, String javaOptions) {
    return new Launcher(distribution, opentracker, work, javaOptions);
  }
}
