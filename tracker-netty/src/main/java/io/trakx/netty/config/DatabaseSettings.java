package io.trakx.netty.config;

import static io.trakx.netty.config.Setting.one;
import static io.trakx.netty.config.SettingTypes.duration;
import static io.trakx.netty.config.SettingTypes.secretFile;
import static io.trakx.netty.config.SettingTypes.text;

import io.trakx.netty.persistence.DatabaseOptions;
import io.trakx.netty.persistence.DatabaseUrl;
import io.trakx.netty.persistence.Password;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of the database. */
final class DatabaseSettings {
  static final Setting<String> URL =
      one(
          "database.url",
          DatabaseUrls.TYPE,
          "",
          "Where counts, history and bans are kept. Empty: in a file of data.directory, with no"
              + " set-up. none: nowhere. Else a MySQL or MariaDB server.");
  static final Setting<String> USER =
      one("database.user", text(), "", "Who logs in to the server.");
  static final Setting<String> PASSWORD =
      new Setting<>(
          "database.password",
          text(),
          List.of(""),
          "The password of that user. Never shown.",
          true);
  static final Setting<Optional<Path>> PASSWORD_FILE =
      one(
          "database.password_file",
          secretFile(),
          "",
          "The file that holds the password, in place of database.password. Read again for each"
              + " connection.");
  static final Setting<Duration> CONNECT_TIMEOUT =
      one(
          "database.connect_timeout",
          duration("100ms", "5m"),
          "5s",
          "How long the server may take to let the tracker in.");
  static final Setting<Duration> ANSWER_TIMEOUT =
      one(
          "database.answer_timeout",
          duration("1s", "10m"),
          "30s",
          "How long the database may take for an answer before it is taken for gone.");
  static final Setting<Duration> FLUSH_INTERVAL =
      one(
          "database.flush_interval",
          duration("1s", "1h"),
          "30s",
          "How often what has changed is written.");
  static final Setting<Duration> CLOSE_TIMEOUT =
      one(
          "database.close_timeout",
          duration("0s", "10m"),
          "10s",
          "How long the last writing may take when the tracker is told to stop.");
  static final Setting<Duration> PRUNE_AFTER =
      one(
          "database.prune_after",
          duration("0s", "36500d"),
          "30d",
          "How long a torrent that nobody completed may go unseen before it is deleted. 0s: it"
              + " never is.");
  static final Setting<Duration> KEEP_MINUTES =
      one(
          "database.keep_minutes",
          duration("2d", "366d"),
          "2d",
          "How long the tracker's figures of each minute are kept.");
  static final Setting<Duration> KEEP_HOURS =
      one(
          "database.keep_hours",
          duration("2d", "3660d"),
          "60d",
          "How long the tracker's figures of each hour are kept.");
  static final Setting<Duration> KEEP_DAYS =
      one(
          "database.keep_days",
          duration("7d", "36500d"),
          "3650d",
          "How long the tracker's figures of each day are kept.");

  private DatabaseSettings() {}

  /** What the settings name; nothing if nothing is kept. */
  static Optional<DatabaseOptions> map(LoadedConfig config) {
    String url = config.get(URL);
    if (url.equals(DatabaseUrls.NONE)) {
      return Optional.empty();
    }
    return Optional.of(
        new DatabaseOptions(
            DatabaseUrl.parse(url, config.get(Settings.DATA_DIRECTORY)),
            config.get(USER),
            config
                .get(PASSWORD_FILE)
                .map(Password::inFile)
                .orElseGet(() -> Password.of(config.get(PASSWORD))),
            config.get(CONNECT_TIMEOUT),
            config.get(ANSWER_TIMEOUT),
            config.get(FLUSH_INTERVAL),
            config.get(CLOSE_TIMEOUT),
            config.get(PRUNE_AFTER),
            new DatabaseOptions.Retention(
                config.get(KEEP_MINUTES), config.get(KEEP_HOURS), config.get(KEEP_DAYS))));
  }
}
