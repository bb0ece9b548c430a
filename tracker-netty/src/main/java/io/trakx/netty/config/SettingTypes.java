package io.trakx.netty.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types that settings have. */
final class SettingTypes {
  private static final Pattern QUANTITY = Pattern.compile("(\\d+)\\s?([A-Za-z]*)");

  private SettingTypes() {}

  /** A time with its unit, within bounds written the same way. */
  static SettingType<Duration> duration(String min, String max) {
    Duration least = constant(SettingTypes::parseDuration, min);
    Duration most = constant(SettingTypes::parseDuration, max);
    return SettingType.one(
        "a time from %s to %s, in ms, s, m, h or d".formatted(min, max),
        text -> within(parseDuration(text), least, most, min, max));
  }

  /** A time in whole seconds with its unit, within bounds written the same way. */
  static SettingType<Duration> seconds(String min, String max) {
    SettingType<Duration> time = duration(min, max);
    return SettingType.one(
        time.expected().replace("ms, ", ""),
        text -> {
          if (text.endsWith("ms")) {
            throw new InvalidValueException("is finer than a second");
          }
          return time.parser().parse(List.of(text));
        });
  }

  /** A number of bytes with its unit, within bounds written the same way. */
  static SettingType<Long> bytes(String min, String max) {
    long least = constant(SettingTypes::parseBytes, min);
    long most = constant(SettingTypes::parseBytes, max);
    return SettingType.one(
        "a size from %s to %s, in B, KiB, MiB or GiB".formatted(min, max),
        text -> within(parseBytes(text), least, most, min, max));
  }

  /** A plain number within bounds. */
  static SettingType<Long> count(long min, long max) {
    return SettingType.one(
        "a whole number from %d to %d".formatted(min, max),
        text -> {
          if (!text.matches("-?\\d{1,18}")) {
            throw new InvalidValueException("is not a whole number");
          }
          return within(Long.parseLong(text), min, max, Long.toString(min), Long.toString(max));
        });
  }

  /** A plain number within bounds, or {@code auto}, which is empty. */
  static SettingType<OptionalLong> countOrAuto(long min, long max) {
    SettingType<Long> number = count(min, max);
    return SettingType.one(
        number.expected() + ", or auto",
        text ->
            text.equals("auto")
                ? OptionalLong.empty()
                : OptionalLong.of(number.parser().parse(List.of(text))));
  }

  /** Yes or no. */
  static SettingType<Boolean> flag() {
    return SettingType.one(
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new InvalidValueException("is neither true nor false");
            });
  }

  /** One of an enum's constants, in lower case. */
  static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
    List<E> constants = Arrays.asList(type.getEnumConstants());
    return SettingType.one(
        "one of " + constants.stream().map(SettingTypes::word).collect(Collectors.joining(", ")),
        text ->
            constants.stream()
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException("is none of the choices")));
  }

  /** Any text, also an empty one. */
  static SettingType<String> text() {
    return SettingType.one("any text", text -> text);
  }

  /** A path, relative ones to the working directory. */
  static SettingType<Path> path() {
    return SettingType.one("a path", SettingTypes::parsePath);
  }

  /** A path, or the empty text for none. */
  static SettingType<Optional<Path>> optionalPath() {
    return SettingType.one(
        "a path, or nothing",
        text -> text.isEmpty() ? Optional.empty() : Optional.of(parsePath(text)));
  }

  /** A path of a file that holds one line at present, or the empty text for none. */
  static SettingType<Optional<Path>> secretFile() {
    return SettingType.one(
        "a path of a file with one line, or nothing",
        text -> text.isEmpty() ? Optional.empty() : Optional.of(withOneLine(parsePath(text))));
  }

  private static Path withOneLine(Path file) throws InvalidValueException {
    try {
      List<String> lines = Files.readAllLines(file, UTF_8);
      if (lines.size() != 1 || lines.getFirst().isEmpty()) {
        throw new InvalidValueException("names a file that has not one line");
      }
      return file;
    } catch (NoSuchFileException e) {
      throw new InvalidValueException("names a file that is not there");
    } catch (CharacterCodingException e) {
      throw new InvalidValueException("names a file that is not UTF-8");
    } catch (IOException e) {
      throw new InvalidValueException("names a file that cannot be read");
    }
  }

  /** Any number of paths. */
  static SettingType<List<Path>> paths() {
    return SettingType.many("paths", SettingTypes::parsePath);
  }

  private static Path parsePath(String text) throws InvalidValueException {
    if (text.isBlank()) {
      throw new InvalidValueException("names no file");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new InvalidValueException("is no path: " + e.getReason());
    }
  }

  private static Duration parseDuration(String text) throws InvalidValueException {
    Matcher quantity = quantity(text);
    long amount = Long.parseLong(quantity.group(1));
    return switch (quantity.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      case "" -> throw new InvalidValueException("has no unit");
      default -> throw new InvalidValueException("has a unit that is none of time");
    };
  }

  private static long parseBytes(String text) throws InvalidValueException {
    Matcher quantity = quantity(text);
    long amount = Long.parseLong(quantity.group(1));
    return switch (quantity.group(2)) {
      case "B" -> amount;
      case "KiB" -> amount << 10;
      case "MiB" -> amount << 20;
      case "GiB" -> amount << 30;
      case "" -> throw new InvalidValueException("has no unit");
      default -> throw new InvalidValueException("has a unit that is none of size");
    };
  }

  private static Matcher quantity(String text) throws InvalidValueException {
    Matcher quantity = QUANTITY.matcher(text);
    if (!quantity.matches()) {
      throw new InvalidValueException("is not a whole number with a unit");
    }
    // Nine digits: no unit makes them overflow.
    if (quantity.group(1).length() > 9) {
      throw new InvalidValueException("is too large");
    }
    return quantity;
  }

  private static <T extends Comparable<T>> T within(
      T value, T least, T most, String min, String max) throws InvalidValueException {
    if (value.compareTo(least) < 0) {
      throw new InvalidValueException("is below " + min);
    }
    if (value.compareTo(most) > 0) {
      throw new InvalidValueException("is above " + max);
    }
    return value;
  }

  private static <T> T constant(SettingType.ItemParser<T> parser, String text) {
    try {
      return parser.parse(text);
    } catch (InvalidValueException e) {
      throw new IllegalArgumentException(text + " " + e.reason(), e);
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
