package io.trakx.netty.e2e;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.Random;

/** Looks into a tracker's database beside it, by another connection. */
record DatabaseProbe(String url, String user) {
  private static final String SAMPLE =
      """
      merge into sample (writer, resolution, begins, peers, seeders, leechers, swarms,
        unique_addresses, announces, scrapes, errors, cleaned, heap_bytes, resident_bytes)
      key (writer, resolution, begins) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

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

  /**
   * Gives the one tracker that there is a month of history, up to {@code until}: days and nights,
   * and a pause of some hours three days ago.
   */
  void seedHistory(Instant until) {
    try (Connection connection = connect()) {
      int writer = Math.toIntExact(number("select max(id) from writer"));
      seed(connection, writer, 60, 2 * 24 * 60, until);
      seed(connection, writer, 3600, 30 * 24, until);
    } catch (SQLException e) {
      throw new AssertionError("the history cannot be written to " + url, e);
    }
  }

  private static void seed(
      Connection connection, int writer, int seconds, int samples, Instant until)
      throws SQLException {
    Random random = new Random(seconds);
    long last = until.getEpochSecond() / seconds;
    try (PreparedStatement row = connection.prepareStatement(SAMPLE)) {
      for (int i = 1; i <= samples; i++) {
        long begins = (last - i) * seconds;
        long age = until.getEpochSecond() - begins;
        if (age > 72 * 3600 && age < 84 * 3600) {
          continue;
        }
        double busy =
            1 + 0.3 * Math.sin(begins / 86400.0 * 2 * Math.PI) + 0.02 * random.nextGaussian();
        long seeders = Math.round(8200 * busy);
        long leechers = Math.round(3100 * busy);
        List<Long> values =
            List.of(
                (long) writer,
                (long) seconds,
                begins,
                seeders + leechers,
                seeders,
                leechers,
                Math.round(1450 * busy),
                Math.round(9800 * busy),
                Math.round(6.4 * seconds * busy),
                Math.round(0.8 * seconds * busy),
                Math.round(0.05 * seconds * random.nextDouble()),
                5L,
                Math.round((110 + 60 * random.nextDouble()) * (1 << 20)),
                Math.round((400 + 20 * busy) * (1 << 20)));
        for (int column = 0; column < values.size(); column++) {
          row.setLong(column + 1, values.get(column));
        }
        row.addBatch();
      }
      row.executeBatch();
    }
  }

  private Connection connect() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    return DriverManager.getConnection(url, login);
  }

  /** The one number that a query gives. */
  private long number(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(query + " failed at " + url, e);
    }
  }
}
