package io.trakx.netty.persistence;

import java.time.Duration;

/**
 * Which database, and how it is dealt with.
 *
 * @param url which
 * @param user of a server; the embedded database has none
 * @param password of a server
 * @param connectTimeout within which a connection must stand
 * @param answerTimeout within which each answer must have come; what takes longer has failed
 * @param flushInterval from one round of writing changed torrents to the next
 * @param closeTimeout for what is still to be written at the end
 * @param pruneAfter how long ago a torrent without peers that nobody completed must have changed
 *     last to be deleted; zero for never
 * @param history how long the totals over time are kept
 */
public record DatabaseOptions(
    DatabaseUrl url,
    String user,
    Password password,
    Duration connectTimeout,
    Duration answerTimeout,
    Duration flushInterval,
    Duration closeTimeout,
    Duration pruneAfter,
    Retention history) {

  /**
   * How long samples are kept.
   *
   * @param minutes of those a minute, at least two days: they make up those of an hour
   * @param hours of those an hour, at least two days: they make up those of a day
   * @param days of those a day
   */
  public record Retention(Duration minutes, Duration hours, Duration days) {
    /** The least for samples of minutes and hours. */
    public static final Duration LEAST = Duration.ofDays(2);

    /** Two days of minutes, sixty of hours, ten years of days. */
    public static final Retention DEFAULT =
        new Retention(LEAST, Duration.ofDays(60), Duration.ofDays(3650));

    public Retention {
      if (minutes.compareTo(LEAST) < 0 || hours.compareTo(LEAST) < 0) {
        throw new IllegalArgumentException(
            "samples are kept for " + LEAST.toDays() + " days or more");
      }
    }
  }

  /** The defaults, without a user. */
  public static DatabaseOptions defaults(DatabaseUrl url) {
    return new DatabaseOptions(
        url,
        "",
        Password.none(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofDays(30),
        Retention.DEFAULT);
  }

  /** The same with an account. */
  public DatabaseOptions withAccount(String user, Password password) {
    return new DatabaseOptions(
        url,
        user,
        password,
        connectTimeout,
        answerTimeout,
        flushInterval,
        closeTimeout,
        pruneAfter,
        history);
  }

  /** The same with other limits for connections and answers. */
  public DatabaseOptions withTimeouts(Duration connectTimeout, Duration answerTimeout) {
    return new DatabaseOptions(
        url,
        user,
        password,
        connectTimeout,
        answerTimeout,
        flushInterval,
        closeTimeout,
        pruneAfter,
        history);
  }
}
