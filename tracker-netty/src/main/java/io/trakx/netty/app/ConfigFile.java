package io.trakx.netty.app;

import io.trakx.netty.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the configuration file. */
final class ConfigFile {
  private static final String NAME = "trakx.yaml";

  private ConfigFile() {}

  /**
   * The file to read: what {@code --config} says, else what {@code TRAKX_CONFIG} says, else {@code
   * trakx.yaml} in the working directory, else in the distribution's {@code conf}; the last two
   * only if they are there.
   *
   * @param option the argument of {@code --config}, if given
   * @param home the distribution, if run from one
   */
  static Optional<Path> find(
      @Nullable Path option, Map<String, String> environment, Optional<Path> home) {
    if (option != null) {
      return Optional.of(option);
    }
    String variable = environment.get(ConfigLoader.FILE_VARIABLE);
    if (variable != null && !variable.isEmpty()) {
      return Optional.of(Path.of(variable));
    }
    Path here = Path.of(NAME);
    if (Files.exists(here)) {
      return Optional.of(here);
    }
    return home.map(directory -> directory.resolve("conf").resolve(NAME)).filter(Files::exists);
  }
}
