package io.trakx.netty.config;

import java.util.List;

/**
 * A setting with the value that holds for it.
 *
 * @param raw the value as written, with where it was written
 * @param value the value
 */
record ConfigValue<T>(Setting<T> setting, RawValue raw, T value) {
  /** The origin of a value that nobody wrote. */
  static final String DEFAULT = "default";

  /** Whether the value is the default's, be it written or not. */
  boolean isDefault() {
    return raw.origin().equals(DEFAULT) || items().equals(setting.defaults());
  }

  /** The value as written, or the entries of a list. */
  List<String> items() {
    try {
      return setting.type().list() ? raw.split() : raw.items();
    } catch (InvalidValueException e) {
      throw new IllegalStateException(setting.key() + ", once loaded, " + e.reason(), e);
    }
  }
}
