package io.trakx.netty.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.SQLDialect;

/**
 * The database that answers: one protocol leads to several, which differ in their SQL.
 *
 * @param product its name
 * @param version its version, as it says
 * @param dialect the SQL it understands
 */
record Server(String product, String version, SQLDialect dialect) {
  private static final int FIRST_MYSQL = 8;
  private static final String FORMER_MARIADB = "5.5.5-";

  /**
   * Asks a connection what is at its other end.
   *
   * @throws DatabaseException if it is nothing that is supported
   */
  static Server of(Connection connection) throws SQLException, DatabaseException {
    String product = connection.getMetaData().getDatabaseProductName();
    if (product.equals("H2")) {
      String version = connection.getMetaData().getDatabaseProductVersion();
      return new Server("H2", version.replaceFirst(" .*", ""), SQLDialect.H2);
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select version()")) {
      if (!rows.next()) {
        throw new DatabaseException("the server does not say what it is");
      }
      return ofVersion(rows.getString(1));
    }
  }

  /** What the server is that answers with this to {@code select version()}. */
  static Server ofVersion(String version) throws DatabaseException {
    int maria = version.indexOf("-MariaDB");
    if (maria >= 0) {
      String number = version.substring(0, maria);
      // Put in front for clients that knew of MySQL 5 only.
      if (number.startsWith(FORMER_MARIADB)) {
        number = number.substring(FORMER_MARIADB.length());
      }
      return new Server("MariaDB", number, SQLDialect.MARIADB);
    }
    Server server = new Server("MySQL", version, SQLDialect.MYSQL);
    if (server.major() < FIRST_MYSQL) {
      throw new DatabaseException(server + " is too old: 8.4 or later is needed");
    }
    return server;
  }

  private int major() {
    String digits = version.replaceFirst("\\D.*", "");
    return digits.isEmpty() ? FIRST_MYSQL : Integer.parseInt(digits);
  }

  /** Product and version. */
  @Override
  public String toString() {
    return product + " " + version;
  }
}
