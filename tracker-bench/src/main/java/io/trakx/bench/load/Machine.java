package io.trakx.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The machine that a comparison runs on: which cores are whose, and what to write beside figures.
 *
 * @param serverCore the core of a tracker that gets one
 * @param loadCore the core of the generator then
 */
record Machine(int serverCore, int loadCore) {
  /** The first two cores, or one for both. */
  static Machine here() {
    return new Machine(0, Math.min(1, Runtime.getRuntime().availableProcessors() - 1));
  }

  /** What makes a command run on one core, to be put before it. */
  static List<String> on(int core) {
    return List.of("taskset", "-c", Integer.toString(core));
  }

  /** The machine in one line. */
  static String describe() throws IOException {
    String model = "unknown processor";
    for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
      if (line.startsWith("model name")) {
        model = line.substring(line.indexOf(':') + 1).strip();
        break;
      }
    }
    return "%s, %d cores, Linux %s, Java %s"
        .formatted(
            model,
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.version"),
            Runtime.version());
  }

  /** How many processes waited for a processor in the last minute: more than 1 spoils figures. */
  static double loadAverage() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0]);
  }
}
