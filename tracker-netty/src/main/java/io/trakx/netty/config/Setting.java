package io.trakx.netty.config;

import java.util.List;
import java.util.Locale;

/**
 * One thing that can be set.
 *
 * @param key section and name, joined by a dot
 * @param type how its text becomes a value
 * @param defaults the text of the default, or the entries of a default list
 * @param meaning what it does, one or two sentences
 * @param secret whether its value must never be shown
 */
record Setting<T>(
    String key, SettingType<T> type, List<String> defaults, String meaning, boolean secret) {

  /** What every variable of this program begins with. */
  static final String VARIABLE_PREFIX = "TRAKX_";

  /** One whose value is one text. */
  static <T> Setting<T> one(String key, SettingType<T> type, String defaultText, String meaning) {
    return new Setting<>(key, type, List.of(defaultText), meaning, false);
  }

  /** One whose value is a list. */
  static <T> Setting<T> list(
      String key, SettingType<T> type, List<String> defaults, String meaning) {
    return new Setting<>(key, type, defaults, meaning, false);
  }

  /** The environment variable that sets it. */
  String variable() {
    return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** The part of the key before the dot. */
  String section() {
    return key.substring(0, key.indexOf('.'));
  }

  /** The part of the key behind the dot. */
  String name() {
    return key.substring(key.indexOf('.') + 1);
  }

  /** The default as if somebody had written it. */
  RawValue rawDefault() {
    return type.list()
        ? RawValue.sequence(defaults, ConfigValue.DEFAULT)
        : RawValue.text(defaults.getFirst(), ConfigValue.DEFAULT);
  }
}
