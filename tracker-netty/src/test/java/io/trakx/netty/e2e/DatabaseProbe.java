package io.trakx.netty.e2e;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Looks into a tracker's database beside it, by another connection. */
record DatabaseProbe(String url, String user) {
  /** The embedded database of a tracker that runs in {@code directory}, or ran there. */
  static DatabaseProbe embedded(Path directory) {
    Path file = directory.resolve("data/trakx").toAbsolutePath();
    return new DatabaseProbe("jdbc:h2:file:" + file + ";AUTO_SERVER=TRUE;WRITE_DELAY=0", "sa");
  }

  /** Announces in the history by the minute. */
  long announces() {
    return number("select coalesce(sum(announces), 0) from sample where resolution = 60");
  }

  /** Completed downloads of all torrents. */
  long completed() {
    return number("select coalesce(sum(completed), 0) from torrent");
  }

  /** The one number that a query gives. */
  private long number(String query) {
    Properties login = new Properties();
    login.setProperty("user", user);
    try (Connection connection = DriverManager.getConnection(url, login);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(query + " failed at " + url, e);
    }
  }
}
