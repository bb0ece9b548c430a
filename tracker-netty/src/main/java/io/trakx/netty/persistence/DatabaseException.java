package io.trakx.netty.persistence;

import java.sql.SQLException;

/**
 * The database cannot be used. The message is one line that says why, without SQL and without
 * secrets.
 */
public final class DatabaseException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_LENGTH = 300;

  DatabaseException(String message) {
    super(message);
  }

  DatabaseException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What went wrong at the bottom of {@code failure}. */
  static DatabaseException of(Throwable failure) {
    return failure instanceof DatabaseException known
        ? known
        : new DatabaseException(reason(failure), failure);
  }

  /**
   * The reason in one line: jOOQ's and Flyway's own messages repeat whole statements, and the
   * driver's those of the layers above it.
   */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    SQLException answer = failure instanceof SQLException sql ? sql : null;
    while (root.getCause() != null) {
      root = root.getCause();
      answer = root instanceof SQLException sql ? sql : answer;
    }
    String text = root.getMessage();
    if (text == null || text.isBlank()) {
      text = answer == null ? null : answer.getMessage();
    }
    if (text == null || text.isBlank()) {
      text = root.getClass().getSimpleName();
    }
    String line = text.lines().map(String::strip).filter(s -> !s.isEmpty()).findFirst().orElse("");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
  }
}
