package io.trakx.netty.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Short commands, run to their end. */
public final class Commands {
  private static final int LIMIT_SECONDS = 10;

  private Commands() {}

  /**
   * What a command did.
   *
   * @param output both its streams, a byte a character
   */
  public record Result(List<String> command, int exitCode, String output) {}

  /**
   * Runs {@code command} and expects that it succeeds.
   *
   * @return its output, a byte a character
   * @throws IllegalStateException if it fails, takes longer than 10 seconds or is interrupted
   */
  public static String run(List<String> command) throws IOException {
    Result result = tryRun(command);
    if (result.exitCode() != 0) {
      throw new IllegalStateException("Failed: " + result);
    }
    return result.output();
  }

  /**
   * Runs {@code command} whatever it may exit with.
   *
   * @throws IllegalStateException if it takes longer than 10 seconds or is interrupted
   */
  public static Result tryRun(List<String> command) throws IOException {
    return tryRun(command, LIMIT_SECONDS);
  }

  /**
   * The same for commands that are not that short.
   *
   * @throws IllegalStateException if it takes longer or is interrupted
   */
  static Result tryRun(List<String> command, int limitSeconds) throws IOException {
    Path output = Files.createTempFile("command", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(limitSeconds, SECONDS)) {
        throw new IllegalStateException("Takes too long: " + command);
      }
      String text = new String(Files.readAllBytes(output), ISO_8859_1);
      return new Result(command, process.exitValue(), text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted: " + command, e);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  /** Whether a program of this name is on the PATH. */
  static boolean exists(String program) {
    String path = Map.copyOf(System.getenv()).getOrDefault("PATH", "");
    return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
