package io.trakx.netty.config;

import java.util.ArrayList;
import java.util.List;

/**
 * What somebody wrote for a key, before anyone knows what it means.
 *
 * @param items the text, or the entries of a YAML list
 * @param sequence whether it was written as a YAML list
 * @param origin where it was written: file and line, variable, or {@code --set}
 */
record RawValue(List<String> items, boolean sequence, String origin) {

  static RawValue text(String text, String origin) {
    return new RawValue(List.of(text), false, origin);
  }

  static RawValue sequence(List<String> items, String origin) {
    return new RawValue(List.copyOf(items), true, origin);
  }

  /** The entries of a list: those of the YAML list, or the text's parts between commas. */
  List<String> split() throws InvalidValueException {
    if (sequence) {
      return items;
    }
    String text = items.getFirst();
    if (text.isBlank()) {
      return List.of();
    }
    List<String> parts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        throw new InvalidValueException("has nothing between two commas");
      }
      parts.add(part.strip());
    }
    return parts;
  }

  /** The value as one text, for messages. */
  String text() {
    return String.join(",", items);
  }
}
