package io.trakx.netty.config;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong in the configuration, at once. The message has a line for each. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // Never serialized: only exceptions ask for it.
  private final List<ConfigError> errors;

  /**
   * @param errors what is wrong, at least one thing
   */
  public ConfigException(List<ConfigError> errors) {
    super(
        errors.stream().map(ConfigError::toString).collect(Collectors.joining("\n")),
        null,
        false,
        false);
    this.errors = List.copyOf(errors);
  }

  /** What is wrong, at least one thing. */
  public List<ConfigError> errors() {
    return errors;
  }
}
