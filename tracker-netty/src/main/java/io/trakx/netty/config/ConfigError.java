package io.trakx.netty.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong in the configuration.
 *
 * @param key the setting, or what was taken for one; empty if the trouble lies before any key
 * @param value what was written, or null if it is not the value that is wrong, or is secret
 * @param origin where it was written: file and line, variable, {@code --set}, or {@code default}
 * @param reason what is wrong
 * @param expected what would be right, or null where the reason says it
 */
public record ConfigError(
    String key, @Nullable String value, String origin, String reason, @Nullable String expected) {

  /** One line: where, which key, which value, what is wrong, what would be right. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(160).append(origin).append(": ");
    if (!key.isEmpty()) {
      line.append(key);
      if (value != null) {
        line.append(" \"").append(value).append('"');
      }
      line.append(' ');
    }
    line.append(reason);
    if (expected != null) {
      line.append("; expected ").append(expected);
    }
    return Text.oneLine(line.toString());
  }
}
