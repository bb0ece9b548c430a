package io.trakx.netty.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A tracker that is started to be watched by Java: it serves what trackers are asked for, and ends.
 */
final class CacheTraining {
  private static final long LIMIT_SECONDS = 120;

  /** The line that says that the start is over; its groups are ports. */
  private static final Pattern STARTED =
      Pattern.compile(
          " serves on 127\\.0\\.0\\.1:(\\d+), metrics on 127\\.0\\.0\\.1:(\\d+);"
              + " UDP on 127\\.0\\.0\\.1:(\\d+);");

  private final Path launcher;

  CacheTraining(Path launcher) {
    this.launcher = launcher;
  }

  /**
   * Runs the tracker, and has its Java write the cache.
   *
   * @return what it printed
   * @throws IOException if it does not start, answer or end as it should; the message has its words
   */
  String run() throws IOException, InterruptedException {
    // Neither the operator's configuration nor the operator's data.
    Path directory = Files.createTempDirectory("trakx");
    try {
      return run(start(directory));
    } finally {
      delete(directory);
    }
  }

  private static String run(Process process) throws IOException, InterruptedException {
    CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append('\n').append(line);
        Matcher started = STARTED.matcher(line);
        if (started.find()) {
          int http = Integer.parseInt(started.group(1));
          TrainingClient.askHttp(http);
          TrainingClient.askUdp(Integer.parseInt(started.group(3)));
          TrainingClient.read(http, Integer.parseInt(started.group(2)));
          // Not Process.destroy, which closes the output as well: Java has yet to write the cache.
          process.toHandle().destroy();
        }
      }
    } finally {
      process.destroy();
    }
    if (process.waitFor() != 0) {
      throw new IOException("exit code " + process.exitValue() + output);
    }
    return output.toString();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Process start(Path directory) throws IOException {
    Path nothing = Files.createFile(directory.resolve("trakx.yaml"));
    ProcessBuilder builder =
        new ProcessBuilder(
                launcher.toString(),
                "serve",
                "--config=" + nothing,
                "--set=data.directory=" + directory,
                "--set=http.listen=127.0.0.1:0",
                "--set=udp.listen=127.0.0.1:0",
                "--set=metrics.listen=127.0.0.1:0",
                // All peers are this machine's.
                "--set=limits.ports_per_address=1000000")
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("TRAKX_"));
    builder.environment().put("TRAKX_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TRAKX_CACHE", "make");
    return builder.start();
  }
}
