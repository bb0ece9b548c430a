package io.trakx.netty.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Small helpers for messages. */
final class Text {
  private Text() {}

  /** The text with control characters written as {@code \\uXXXX}, so that it stays one line. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        line.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }

  /** The known name nearest to what was written, unless all are far off. */
  static Optional<String> nearest(String written, Collection<String> known) {
    String best = null;
    int bestDistance = Math.max(2, written.length() / 3) + 1;
    for (String name : known) {
      int distance = distance(written, name);
      if (distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** How many letters to insert, drop or replace to get from one to the other (Levenshtein). */
  private static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    int[] current = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replace = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[to.length()];
  }
}
