package io.trakx.netty.logging;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Log4J2LoggerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jContextFactory;

/**
 * The process's logging: sends what loggers are told to standard error or a file, until closed.
 *
 * <p>Log4j has one configuration a process, so there is at most one of these at a time.
 */
public final class Logging implements AutoCloseable {
  private static final long FLUSH_SECONDS = 5;

  private final LoggerContext context;

  private Logging(LoggerContext context) {
    this.context = context;
  }

  /**
   * Begins logging as {@code options} say. Netty logs here, too.
   *
   * @throws IOException if the log file cannot be written; the message names it
   */
  public static Logging start(LogOptions options) throws IOException {
    if (options.file().isPresent()) {
      tryToWrite(options.file().get());
    }
    InternalLoggerFactory.setDefaultFactory(Log4J2LoggerFactory.INSTANCE);
    LoggerContext context = context();
    LogConfiguration configuration = new LogConfiguration(context, options);
    if (context.isInitialized()) {
      context.start(configuration);
    } else {
      context.reconfigure(configuration);
    }
    return new Logging(context);
  }

  /**
   * The context of all loggers, not started unless somebody has asked for a logger: started without
   * a configuration, it would first look for one in all places and formats that it knows.
   */
  private static LoggerContext context() {
    Log4jContextFactory factory = (Log4jContextFactory) LogManager.getFactory();
    return factory
        .getSelector()
        .getContext(Logging.class.getName(), Logging.class.getClassLoader(), false);
  }

  /** Changes how much is logged from now on. */
  public void level(LogLevel level) {
    LogConfiguration.level(context.getConfiguration(), level);
    context.updateLoggers();
  }

  /** Writes what is still under way, for some seconds at most, and ends logging. */
  @Override
  public void close() {
    context.stop(FLUSH_SECONDS, TimeUnit.SECONDS);
  }

  /** Log4j would only complain to standard error and go on without a log. */
  private static void tryToWrite(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
  }
}
