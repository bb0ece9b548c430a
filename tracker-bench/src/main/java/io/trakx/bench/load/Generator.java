package io.trakx.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the load generator in a process of its own, so that it can have a core of its own. */
final class Generator {
  private final Path java;
  private final String classPath;

  Generator() {
    java = Path.of(System.getProperty("java.home"), "bin", "java");
    classPath = System.getProperty("java.class.path");
  }

  /** Runs it in a closed loop. */
  LoadReport run(List<String> pin, List<String> arguments)
      throws IOException, InterruptedException {
    return run(pin, arguments, 0);
  }

  /**
   * Runs it and returns its report.
   *
   * <p>At a fixed rate latency is what counts, so only the first of Java's compilers is at work
   * then: the second would take the core from which is measured for tens of milliseconds.
   *
   * @param pin what makes it run on certain cores, before its command; may be empty
   * @param arguments for {@link LoadCommand}
   * @param rate requests a second; 0 for a closed loop
   * @throws IOException if it fails, with what it said
   */
  LoadReport run(List<String> pin, List<String> arguments, double rate)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(pin);
    command.add(java.toString());
    if (rate > 0) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:-UsePerfData",
            "-Xms128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath,
            LoadCommand.class.getName()));
    command.addAll(arguments);
    command.addAll(List.of("--rate=" + rate, "--json"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException("the load failed: " + String.join(" ", arguments) + "\n" + output);
      }
      return Json.read(output);
    } finally {
      process.destroyForcibly();
    }
  }
}
