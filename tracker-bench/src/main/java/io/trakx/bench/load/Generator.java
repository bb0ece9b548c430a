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

  /**
   * Runs it and returns its report.
   *
   * @param pin what makes it run on certain cores, before its command; may be empty
   * @param arguments for {@link LoadCommand}
   * @throws IOException if it fails, with what it said
   */
  LoadReport run(List<String> pin, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(pin);
    command.addAll(
        List.of(
            java.toString(),
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:-UsePerfData",
            "-Xms128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath,
            LoadCommand.class.getName()));
    command.addAll(arguments);
    command.add("--json");
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
