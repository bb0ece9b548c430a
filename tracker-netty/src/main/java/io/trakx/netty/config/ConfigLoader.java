package io.trakx.netty.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Lays the sources of the configuration over one another and makes a checked {@link TrakxConfig} of
 * them, or says everything that is wrong.
 */
public final class ConfigLoader {
  /** The variable that names the configuration file, read by the command line. */
  public static final String FILE_VARIABLE = Setting.VARIABLE_PREFIX + "CONFIG";

  private static final String SET_ORIGIN = "--set";

  private final ConfigSources sources;
  private final List<ConfigError> errors = new ArrayList<>();
  private final Map<String, RawValue> raw = new HashMap<>();

  private ConfigLoader(ConfigSources sources) {
    this.sources = sources;
  }

  /**
   * Loads the configuration.
   *
   * @throws ConfigException with everything that is wrong in any source
   */
  public static LoadedConfig load(ConfigSources sources) throws ConfigException {
    return new ConfigLoader(sources).load();
  }

  private LoadedConfig load() throws ConfigException {
    sources.file().ifPresent(file -> YamlSource.read(file, errors).forEach(this::take));
    // In the order of names, so that errors come in the same order every time.
    new TreeMap<>(sources.environment()).forEach(this::takeVariable);
    sources.sets().forEach(this::takeSet);

    Map<Setting<?>, ConfigValue<?>> values = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.ALL) {
      values.put(setting, resolve(setting));
    }
    LoadedConfig config = new LoadedConfig(values);
    errors.addAll(ConfigChecks.check(config, brokenKeys()));
    if (!errors.isEmpty()) {
      throw new ConfigException(errors);
    }
    return config;
  }

  private void take(String key, RawValue value) {
    Setting<?> setting = Settings.BY_KEY.get(key);
    if (setting == null) {
      errors.add(unknown(key, value.origin()));
    } else {
      raw.put(key, value);
    }
  }

  private static ConfigError unknown(String key, String origin) {
    if (Settings.SECTIONS.contains(key)) {
      return new ConfigError(key, null, origin, "is a section, not a setting", null);
    }
    String hint =
        Text.nearest(key, Settings.BY_KEY.keySet())
            .map(name -> "; did you mean " + name + "?")
            .orElse("; 'trakx config --reference' lists all keys");
    return new ConfigError(key, null, origin, "is not known" + hint, null);
  }

  private void takeVariable(String variable, String text) {
    if (!variable.startsWith(Setting.VARIABLE_PREFIX) || isForOthers(variable)) {
      return;
    }
    Setting<?> setting = Settings.BY_VARIABLE.get(variable);
    if (setting == null) {
      String hint =
          Text.nearest(variable, Settings.BY_VARIABLE.keySet())
              .map(name -> "; did you mean " + name + "?")
              .orElse("; 'trakx config --reference' lists all variables");
      errors.add(new ConfigError(variable, null, "environment", "is not known" + hint, null));
    } else {
      raw.put(setting.key(), RawValue.text(text, variable));
    }
  }

  /** Variables that the launcher, the command line and the tests read. */
  private static boolean isForOthers(String variable) {
    return variable.equals(FILE_VARIABLE)
        || variable.equals("TRAKX_JAVA_OPTS")
        || variable.equals("TRAKX_JAVA_HOME")
        || variable.startsWith("TRAKX_TEST_");
  }

  private void takeSet(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 0) {
      errors.add(new ConfigError(argument, null, SET_ORIGIN, "has no value", "key=value"));
    } else {
      take(
          argument.substring(0, equals).strip(),
          RawValue.text(argument.substring(equals + 1), SET_ORIGIN));
    }
  }

  /** The value that holds; where the written one is wrong, the default, with an error noted. */
  private <T> ConfigValue<T> resolve(Setting<T> setting) {
    RawValue written = raw.get(setting.key());
    if (written != null) {
      try {
        return new ConfigValue<>(setting, written, setting.type().parse(written));
      } catch (InvalidValueException e) {
        errors.add(
            new ConfigError(
                setting.key(),
                setting.secret() || e.valueSecret() ? null : written.text(),
                written.origin(),
                e.reason(),
                setting.type().expected()));
      }
    }
    return defaultOf(setting);
  }

  private static <T> ConfigValue<T> defaultOf(Setting<T> setting) {
    RawValue raw = setting.rawDefault();
    try {
      return new ConfigValue<>(setting, raw, setting.type().parse(raw));
    } catch (InvalidValueException e) {
      throw new IllegalStateException("default of " + setting.key() + " " + e.reason(), e);
    }
  }

  private Set<String> brokenKeys() {
    return errors.stream().map(ConfigError::key).collect(Collectors.toSet());
  }
}
