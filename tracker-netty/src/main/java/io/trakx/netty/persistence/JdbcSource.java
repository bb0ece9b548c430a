package io.trakx.netty.persistence;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections as the options say: each with the password that holds then, and with an end to
 * every wait. Thread-safe.
 */
final class JdbcSource implements DataSource {
  /** What the embedded database listens on, so that other processes here may use it meanwhile. */
  private static final String LOOPBACK = "127.0.0.1";

  private static final String BIND_ADDRESS = "h2.bindAddress";

  private final DatabaseOptions options;
  private final String url;
  private final Properties settings;

  JdbcSource(DatabaseOptions options) {
    this.options = options;
    if (options.url().isEmbedded()) {
      // Read when the driver is loaded. Without it all addresses would be listened on.
      if (System.getProperty(BIND_ADDRESS) == null) {
        System.setProperty(BIND_ADDRESS, LOOPBACK);
      }
      url = options.url().jdbc() + embedded(options.answerTimeout());
      settings = new Properties();
    } else {
      url = options.url().jdbc();
      settings = server(options);
    }
  }

  /**
   * Committed means on the disk, where the death of the process cannot undo it. Its own log beside
   * the file would grow for as long as a disk is full.
   */
  private static String embedded(Duration answerTimeout) {
    return ";AUTO_SERVER=TRUE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT="
        + answerTimeout.toMillis();
  }

  private static Properties server(DatabaseOptions options) {
    // The server gives a lock up first: it then says why, and its connection is still good.
    long lockSeconds = Math.max(1, options.answerTimeout().toSeconds() * 2 / 3);
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", Long.toString(options.connectTimeout().toMillis()));
    properties.setProperty("socketTimeout", Long.toString(options.answerTimeout().toMillis()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("paranoid", "true");
    properties.setProperty("useLocalSessionState", "true");
    properties.setProperty("connectionAttributes", "program_name:trakx");
    properties.setProperty(
        "sessionVariables",
        "lock_wait_timeout=" + lockSeconds + ",innodb_lock_wait_timeout=" + lockSeconds);
    return properties;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Properties properties = new Properties();
    properties.putAll(settings);
    if (options.url().isEmbedded()) {
      properties.setProperty("user", "sa");
      properties.setProperty("password", "");
    } else {
      properties.setProperty("user", options.user());
      properties.setProperty("password", password());
    }
    return DriverManager.getConnection(url, properties);
  }

  private String password() throws SQLException {
    try {
      return options.password().read();
    } catch (IOException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the account is the options'");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("logs by Log4j");
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The options have one, for all.
  }

  @Override
  public int getLoginTimeout() {
    return Math.toIntExact(options.connectTimeout().toSeconds());
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("logs by Log4j");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
