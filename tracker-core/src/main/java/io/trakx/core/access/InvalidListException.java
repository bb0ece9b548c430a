package io.trakx.core.access;

import java.util.ArrayList;
import java.util.List;

/** Says which lines of a list of info-hashes cannot be read. */
public final class InvalidListException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_NAMED = 10;
  private static final int MAX_SHOWN_CHARACTERS = 60;

  private InvalidListException(String message) {
    super(message);
  }

  /** Collects bad lines, the first few in full. */
  static final class Problems {
    private final List<String> named = new ArrayList<>();
    private int count;

    void add(int lineNumber, String line) {
      count++;
      if (named.size() < MAX_NAMED) {
        named.add("line %d: '%s'".formatted(lineNumber, shown(line)));
      }
    }

    void throwIfAny() throws InvalidListException {
      if (count > 0) {
        String more = count > named.size() ? ", and %d more".formatted(count - named.size()) : "";
        throw new InvalidListException(
            "expected 40 hexadecimal digits and an optional reason in %s%s"
                .formatted(String.join(", ", named), more));
      }
    }

    private static String shown(String line) {
      String clean = InfoHashList.CONTROLS.matcher(line).replaceAll("?");
      return clean.length() <= MAX_SHOWN_CHARACTERS
          ? clean
          : clean.substring(0, MAX_SHOWN_CHARACTERS) + "...";
    }
  }
}
