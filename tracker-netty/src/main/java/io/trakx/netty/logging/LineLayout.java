package io.trakx.netty.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;

/**
 * Writes a log event as exactly one line, whatever is in it.
 *
 * <pre>
 * 2026-11-22T10:41:00.123Z INFO  TrakxServer: serving ...
 * 2026-11-22T10:41:00.123Z ERROR Sweeper: sweep failed: java.lang.IllegalStateException: why
 *     &lt;- io.trakx.A.b(A.java:12) &lt;- ... caused by ...                      (the same line)
 * </pre>
 *
 * <p>Control characters come out as {@code \\uXXXX}: what a client sends can neither begin a line
 * of its own nor talk to a terminal.
 */
final class LineLayout extends AbstractStringLayout {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int MAX_FRAMES = 30;
  private static final int MAX_CAUSES = 5;

  /** What one event may take; a client's text is bounded long before. */
  private static final int MAX_LENGTH = 16 * 1024;

  LineLayout() {
    super(UTF_8);
  }

  @Override
  public String toSerializable(LogEvent event) {
    StringBuilder text = new StringBuilder(256);
    TIME.formatTo(
        Instant.ofEpochSecond(
            event.getInstant().getEpochSecond(), event.getInstant().getNanoOfSecond()),
        text);
    text.append(' ')
        .append(event.getLevel())
        .append(event.getLevel().name().length() < 5 ? "  " : " ");
    String logger = event.getLoggerName();
    text.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(": ");
    text.append(event.getMessage().getFormattedMessage());
    if (event.getThrown() != null) {
      append(text, event.getThrown());
    }
    return escaped(text);
  }

  private static void append(StringBuilder text, Throwable thrown) {
    text.append(": ");
    Throwable current = thrown;
    for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
      if (depth > 0) {
        text.append("; caused by ");
      }
      text.append(current);
      StackTraceElement[] frames = current.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
        text.append(" <- ").append(frames[i]);
      }
      current = current.getCause();
    }
  }

  private static String escaped(CharSequence text) {
    StringBuilder line = new StringBuilder(text.length() + 16);
    int length = Math.min(text.length(), MAX_LENGTH);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || isDirection(c)) {
        line.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    return line.append('\n').toString();
  }

  /** Marks that make a terminal show text in another order than it is written. */
  private static boolean isDirection(char c) {
    return (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
  }
}
