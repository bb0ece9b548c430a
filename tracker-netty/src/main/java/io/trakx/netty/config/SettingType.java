package io.trakx.netty.config;

import java.util.ArrayList;
import java.util.List;

/**
 * How the text of a setting becomes a value.
 *
 * @param expected the form that a right value has, as told to whoever wrote a wrong one
 * @param list whether the setting takes any number of texts, or exactly one
 * @param parser makes the value; given one text unless {@code list}
 */
record SettingType<T>(String expected, boolean list, Parser<T> parser) {

  /** Makes a value of texts. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(List<String> items) throws InvalidValueException;
  }

  /** Makes a value of one text. */
  @FunctionalInterface
  interface ItemParser<T> {
    T parse(String text) throws InvalidValueException;
  }

  static <T> SettingType<T> one(String expected, ItemParser<T> parser) {
    return new SettingType<>(expected, false, items -> parser.parse(items.getFirst()));
  }

  static <T> SettingType<List<T>> many(String expected, ItemParser<T> parser) {
    return new SettingType<>(
        expected,
        true,
        items -> {
          var values = new ArrayList<T>(items.size());
          for (String item : items) {
            values.add(parser.parse(item));
          }
          return List.copyOf(values);
        });
  }

  /** The value that a written text stands for. */
  T parse(RawValue raw) throws InvalidValueException {
    if (list) {
      return parser.parse(raw.split());
    }
    if (raw.sequence()) {
      throw new InvalidValueException("is a list, but one value is wanted");
    }
    return parser.parse(raw.items());
  }
}
