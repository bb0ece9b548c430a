package io.trakx.netty.persistence;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which database: a file of the embedded one in the data directory, or a server by MySQL's
 * protocol.
 *
 * <p>Holds no password: a URL with one in it is refused, so that it may be printed.
 */
public final class DatabaseUrl {
  private static final String MYSQL = "jdbc:mysql:";
  private static final String MARIADB = "jdbc:mariadb:";
  private static final Pattern SECRET =
      Pattern.compile(
          "//[^/?]*@|[?&(,;]\\s*(user|password\\d?|\\w*StorePassword)\\s*=",
          Pattern.CASE_INSENSITIVE);

  private final String jdbc;
  private final boolean embedded;

  private DatabaseUrl(String jdbc, boolean embedded) {
    this.jdbc = jdbc;
    this.embedded = embedded;
  }

  /**
   * Reads a URL.
   *
   * @param text empty for the embedded database
   * @param dataDirectory where that is
   * @throws IllegalArgumentException saying what is expected instead, without a password
   */
  public static DatabaseUrl parse(String text, Path dataDirectory) {
    if (text.isEmpty()) {
      return embedded(dataDirectory);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.startsWith(MYSQL + "//") && !lower.startsWith(MARIADB + "//")) {
      throw new IllegalArgumentException(
          "expected jdbc:mysql://host/name or jdbc:mariadb://host/name");
    }
    if (SECRET.matcher(text).find()) {
      throw new IllegalArgumentException(
          "user and password have keys of their own, and must not be part of the URL");
    }
    // One driver speaks to both.
    return new DatabaseUrl(MYSQL + text.substring(text.indexOf("//")), false);
  }

  private static DatabaseUrl embedded(Path dataDirectory) {
    String file = dataDirectory.toAbsolutePath().normalize().resolve("trakx").toString();
    if (file.contains(";")) {
      throw new IllegalArgumentException(
          "the embedded database needs a data directory without ; in its path");
    }
    return new DatabaseUrl("jdbc:h2:file:" + file, true);
  }

  /** Whether it is the embedded database. */
  public boolean isEmbedded() {
    return embedded;
  }

  String jdbc() {
    return jdbc;
  }

  /** The URL, fit to be shown. */
  @Override
  public String toString() {
    return jdbc;
  }
}
