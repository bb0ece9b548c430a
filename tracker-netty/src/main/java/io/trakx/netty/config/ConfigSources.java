package io.trakx.netty.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the configuration is looked for.
 *
 * @param file the configuration file, if there is one
 * @param environment the process's environment
 * @param sets the arguments of {@code --set}, each {@code key=value}, the later one winning
 */
public record ConfigSources(
    Optional<Path> file, Map<String, String> environment, List<String> sets) {

  /** Copies what may change. */
  public ConfigSources {
    environment = Map.copyOf(environment);
    sets = List.copyOf(sets);
  }
}
