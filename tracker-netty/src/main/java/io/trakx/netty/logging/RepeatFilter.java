package io.trakx.netty.logging;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.filter.AbstractFilter;

/**
 * Lets a warning or an error through ten times a minute and leaves out the rest of that minute's,
 * saying so once, so that nobody can fill a disk by provoking it.
 *
 * <p>What counts as the same is the logger with the message's text before parameters are filled in.
 * Levels from info down are left alone: the tracker says nothing there on behalf of a client. Sits
 * at the appender, so that with asynchronous loggers a single thread passes; locked all the same.
 */
final class RepeatFilter extends AbstractFilter {
  static final int PER_MINUTE = 10;

  /** How many different messages are kept apart; the code has fewer. */
  private static final int MAX_KEYS = 1000;

  private static final long MINUTE_MILLIS = TimeUnit.MINUTES.toMillis(1);
  private static final Logger LOG = LogManager.getLogger(RepeatFilter.class);

  private final Map<String, Window> windows = new HashMap<>();

  @Override
  public Result filter(LogEvent event) {
    if (!event.getLevel().isMoreSpecificThan(Level.WARN)) {
      return Result.NEUTRAL;
    }
    String text = unfilled(event);
    int seen = count(event.getLoggerName() + ' ' + text, event.getTimeMillis());
    if (seen == PER_MINUTE) {
      // At info, so that it is not itself counted here.
      LOG.info("further lines like \"{}\" are left out for the rest of the minute", text);
    }
    return seen <= PER_MINUTE ? Result.NEUTRAL : Result.DENY;
  }

  @SuppressWarnings("deprecation") // Nothing else tells the text from what is filled in.
  private static String unfilled(LogEvent event) {
    String format = event.getMessage().getFormat();
    return format == null ? event.getMessage().getFormattedMessage() : format;
  }

  /** How often this was seen in the minute that runs for it, this time included. */
  private synchronized int count(String key, long nowMillis) {
    Window window = windows.get(key);
    // A clock that was set back must not make the minute last until it has caught up.
    if (window == null || Math.abs(nowMillis - window.startMillis) >= MINUTE_MILLIS) {
      if (window == null && windows.size() >= MAX_KEYS) {
        windows.clear();
      }
      window = new Window(nowMillis);
      windows.put(key, window);
    }
    window.seen++;
    return window.seen;
  }

  private static final class Window {
    private final long startMillis;
    private int seen;

    Window(long startMillis) {
      this.startMillis = startMillis;
    }
  }
}
