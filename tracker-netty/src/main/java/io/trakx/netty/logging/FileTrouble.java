package io.trakx.netty.logging;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.core.ErrorHandler;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.jspecify.annotations.Nullable;

/**
 * Says on standard error, for the same reason once a minute at most, that the log file cannot be
 * written, and writes there what should have gone into the file. Log4j tries the file again with
 * each event, so that it goes on by itself when there is room, or the directory is back.
 *
 * <p>Log4j by itself prints a stack for the first events and nothing for those that follow. Called
 * by the thread that writes the log.
 */
final class FileTrouble implements ErrorHandler {
  private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Path file;
  private final Layout<String> layout;
  private final PrintStream target;
  private final LongSupplier nanoClock;
  private String told = "";
  private long toldNanos;
  private @Nullable Throwable last;

  FileTrouble(Path file, Layout<String> layout, PrintStream target, LongSupplier nanoClock) {
    this.file = file;
    this.layout = layout;
    this.target = target;
    this.nanoClock = nanoClock;
  }

  @Override
  public void error(String message) {
    tell(message);
  }

  @Override
  public void error(String message, Throwable cause) {
    tell(cause(message, cause));
  }

  /** Told twice of most: by the appender, and by whoever called it. */
  @SuppressWarnings("ReferenceEquality") // the very same failure
  @Override
  public void error(String message, LogEvent event, Throwable cause) {
    if (cause != last) {
      last = cause;
      tell(cause(message, cause));
      target.print(layout.toSerializable(event));
    }
  }

  private void tell(String why) {
    long now = nanoClock.getAsLong();
    if (!why.equals(told) || now - toldNanos >= SILENCE_NANOS) {
      told = why;
      toldNanos = now;
      target.println("trakx: the log file " + file + " cannot be written: " + why);
    }
  }

  /** The innermost cause: what is around it is about Log4j. */
  private static String cause(String message, @Nullable Throwable thrown) {
    String text = message;
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      text = each.toString();
    }
    return text;
  }
}
