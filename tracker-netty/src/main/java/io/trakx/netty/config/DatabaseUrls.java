package io.trakx.netty.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.regex.Pattern;

/**
 * Reads where a database is. Who logs in, and with what, must not stand in a URL: it is shown in
 * logs and messages.
 */
final class DatabaseUrls {
  /** Stands for no database at all. */
  static final String NONE = "none";

  /** A URL that can be connected to, {@code none}, or the empty text for the embedded database. */
  static final SettingType<String> TYPE =
      SettingType.one(
          "nothing, none, jdbc:mysql://HOST:PORT/NAME or jdbc:mariadb://HOST:PORT/NAME",
          DatabaseUrls::parse);

  private static final Pattern SERVER =
      Pattern.compile("jdbc:(?:mysql|mariadb)://(?<hosts>[^/?]+)(?<name>/[^/?]+)?(?:[/?].*)?");

  /** Before the host, or as a property of any of the forms that Connector/J reads. */
  private static final Pattern LOGIN =
      Pattern.compile("//[^/?]*@|(?:\\buser|password\\w*)\\s*=", Pattern.CASE_INSENSITIVE);

  private DatabaseUrls() {}

  private static String parse(String text) throws InvalidValueException {
    if (LOGIN.matcher(decoded(text)).find()) {
      throw InvalidValueException.ofSecret(
          "has a user or a password in it, and it is shown in logs; say them in database.user and"
              + " database.password_file or database.password");
    }
    if (text.isEmpty() || text.equals(NONE)) {
      return text;
    }
    var server = SERVER.matcher(text);
    if (!server.matches()) {
      throw new InvalidValueException("is no database that is known");
    }
    if (server.group("name") == null) {
      throw new InvalidValueException("does not name the database on the server");
    }
    return text;
  }

  /** The text as Connector/J reads it. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      // A percent sign on its own stands for itself.
      return text;
    }
  }
}
