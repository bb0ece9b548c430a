package io.trakx.netty.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/**
 * Everything that is logged at all levels, Netty's own apart, from the start of this to its end.
 */
public final class LogLines extends AbstractAppender implements AutoCloseable {
  private static final String OURS = "io.trakx";

  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Begins to listen. */
  @SuppressWarnings("this-escape") // complete before it is handed out
  public LogLines() {
    super("lines", null, null, false, Property.EMPTY_ARRAY);
    start();
    LoggerConfig ours = new LoggerConfig(OURS, Level.ALL, true);
    ours.addAppender(this, Level.ALL, null);
    context.getConfiguration().addLogger(OURS, ours);
    context.updateLoggers();
  }

  @Override
  public void append(LogEvent event) {
    lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
  }

  /** Level and text of each event so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Listens no more. */
  @Override
  public void close() {
    context.getConfiguration().removeLogger(OURS);
    context.updateLoggers();
    stop();
  }
}
