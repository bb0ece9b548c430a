package io.trakx.netty.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads configurations from texts. */
final class ConfigFixture {
  private final Path directory;

  ConfigFixture(Path directory) {
    this.directory = directory;
  }

  Path file() {
    return directory.resolve("trakx.yaml");
  }

  private Optional<Path> write(String yaml) {
    try {
      return Optional.of(Files.writeString(file(), yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LoadedConfig yaml(String yaml) throws ConfigException {
    return ConfigLoader.load(new ConfigSources(write(yaml), Map.of(), List.of()));
  }

  static LoadedConfig sets(String... sets) throws ConfigException {
    return ConfigLoader.load(new ConfigSources(Optional.empty(), Map.of(), List.of(sets)));
  }

  static LoadedConfig environment(Map<String, String> variables) throws ConfigException {
    return ConfigLoader.load(new ConfigSources(Optional.empty(), variables, List.of()));
  }

  LoadedConfig load(String yaml, Map<String, String> variables, String... sets)
      throws ConfigException {
    return ConfigLoader.load(new ConfigSources(write(yaml), variables, List.of(sets)));
  }

  /** The lines of what is wrong with a file, its directory left out. */
  List<String> yamlErrors(String yaml) {
    return errors(write(yaml), Map.of());
  }

  static List<String> setErrors(String... sets) {
    return new ConfigFixture(Path.of("")).errors(Optional.empty(), Map.of(), sets);
  }

  static List<String> environmentErrors(Map<String, String> variables) {
    return new ConfigFixture(Path.of("")).errors(Optional.empty(), variables);
  }

  List<String> errors(String yaml, Map<String, String> variables, String... sets) {
    return errors(write(yaml), variables, sets);
  }

  private List<String> errors(Optional<Path> file, Map<String, String> variables, String... sets) {
    ConfigSources sources = new ConfigSources(file, variables, List.of(sets));
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(sources));
    if (thrown == null) {
      return List.of();
    }
    return thrown.errors().stream()
        .map(error -> error.toString().replace(directory + "/", ""))
        .toList();
  }
}
