package io.trakx.netty.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every setting with the value that holds and where it came from. Immutable.
 *
 * <p>{@link #config()} is the same as records, for those who are configured by it.
 */
public final class LoadedConfig {
  private final Map<Setting<?>, ConfigValue<?>> values;

  LoadedConfig(Map<Setting<?>, ConfigValue<?>> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /** The configuration as records. */
  public TrakxConfig config() {
    return ConfigMapper.map(this);
  }

  /** The effective configuration as YAML: every key, non-defaults with their source. */
  public String toYaml() {
    return ConfigPrinter.effective(this);
  }

  /** The keys whose values differ in {@code other}, in the order of the reference. */
  public List<String> differences(LoadedConfig other) {
    return entries().stream()
        .filter(entry -> !entry.items().equals(other.entry(entry.setting()).items()))
        .map(entry -> entry.setting().key())
        .toList();
  }

  <T> T get(Setting<T> setting) {
    return entry(setting).value();
  }

  @SuppressWarnings("unchecked") // The loader puts a setting's own value behind it.
  <T> ConfigValue<T> entry(Setting<T> setting) {
    ConfigValue<?> value = values.get(setting);
    if (value == null) {
      throw new IllegalStateException(setting.key() + " is missing from Settings.ALL");
    }
    return (ConfigValue<T>) value;
  }

  Collection<ConfigValue<?>> entries() {
    return values.values();
  }
}
