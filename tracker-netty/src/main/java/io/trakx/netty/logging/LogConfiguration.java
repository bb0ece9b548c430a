package io.trakx.netty.logging;

import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.appender.RollingFileAppender;
import org.apache.logging.log4j.core.appender.rolling.DefaultRolloverStrategy;
import org.apache.logging.log4j.core.appender.rolling.SizeBasedTriggeringPolicy;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.LoggerConfig;

/** Log4j's configuration: one appender behind the root logger, as the options say. */
final class LogConfiguration extends AbstractConfiguration {
  private static final String NETTY = "io.netty";

  /** What these say below error is about themselves, or what persistence says better, and once. */
  private static final List<String> DATABASE =
      List.of("com.mysql", "com.zaxxer.hikari", "org.flywaydb", "org.jooq");

  private final LogOptions options;

  LogConfiguration(LoggerContext context, LogOptions options) {
    super(context, ConfigurationSource.NULL_SOURCE);
    this.options = options;
    // The program ends logging itself, as its last act.
    isShutdownHookEnabled = false;
    // Nothing here logs it. Log4j would ask the DNS, which takes time or fails where there is none.
    getProperties().put("hostName", "localhost");
  }

  @Override
  protected void doConfigure() {
    Appender appender = options.file().map(this::fileAppender).orElseGet(this::errorAppender);
    appender.start();
    addAppender(appender);
    getRootLogger().addAppender(appender, null, null);
    // Without a level of its own it would follow the root logger.
    addLogger(NETTY, new LoggerConfig(NETTY, Level.INFO, true));
    DATABASE.forEach(name -> addLogger(name, new LoggerConfig(name, Level.ERROR, true)));
    level(this, options.level());
  }

  /**
   * What Netty says below info is about Netty: it comes with trace only, and so does what the
   * libraries for databases say.
   */
  static void level(Configuration configuration, LogLevel level) {
    configuration.getRootLogger().setLevel(level.level());
    configuration
        .getLoggerConfig(NETTY)
        .setLevel(level == LogLevel.DEBUG ? Level.INFO : level.level());
    for (String name : DATABASE) {
      configuration
          .getLoggerConfig(name)
          .setLevel(level == LogLevel.TRACE ? level.level() : Level.ERROR);
    }
  }

  private Appender errorAppender() {
    return ConsoleAppender.newBuilder()
        .setConfiguration(this)
        .setName("stderr")
        .setTarget(ConsoleAppender.Target.SYSTEM_ERR)
        .setLayout(new LineLayout())
        .setFilter(new RepeatFilter())
        .build();
  }

  private Appender fileAppender(Path file) {
    String name = file.toString();
    LineLayout layout = new LineLayout();
    Appender appender =
        RollingFileAppender.newBuilder()
            .setConfiguration(this)
            .setName("file")
            .setFileName(name)
            .setFilePattern(name.replace("%", "%%") + ".%i.gz")
            .setPolicy(SizeBasedTriggeringPolicy.createPolicy(options.fileMaxBytes() + " B"))
            .setStrategy(
                DefaultRolloverStrategy.newBuilder()
                    .setConfig(this)
                    .setFileIndex("min")
                    .setMax(Integer.toString(options.fileKeep()))
                    .build())
            .setLayout(layout)
            .setFilter(new RepeatFilter())
            .build();
    appender.setHandler(new FileTrouble(file, layout, System.err, System::nanoTime));
    return appender;
  }
}
