package io.trakx.netty.config;

import java.util.List;
import java.util.stream.Collectors;

/** Writes values as YAML that reads back as the same text. */
final class YamlText {
  private YamlText() {}

  /** The value of a setting: a plain or quoted text, or a list on one line. */
  static String value(Setting<?> setting, List<String> items) {
    return setting.type().list()
        ? items.stream().map(YamlText::quoted).collect(Collectors.joining(", ", "[", "]"))
        : scalar(items.getFirst());
  }

  private static String scalar(String text) {
    // Words and quantities need no quotes; anything else gets them without a closer look.
    return text.matches("[A-Za-z0-9][A-Za-z0-9_.-]*") && !text.equals("null") ? text : quoted(text);
  }

  private static String quoted(String text) {
    return '"' + Text.oneLine(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
  }
}
