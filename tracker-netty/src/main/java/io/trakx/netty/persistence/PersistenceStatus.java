package io.trakx.netty.persistence;

import java.util.Optional;

/**
 * How persistence fares, at one moment.
 *
 * @param state in one word
 * @param database product and version of the database, empty before its first answer
 * @param trouble why it is not used at the moment, if so, in one line
 * @param lastFlushAgeSeconds since the last round of writing ended; -1 before the first
 * @param lastFlushMillis how long that took
 * @param flushes rounds of writing
 * @param torrentsWritten rows of torrents written, all rounds together
 * @param failures times that the database failed or could not be reached
 * @param torrentsLoaded torrents brought back at the start
 * @param samplesWaiting minutes of the totals that are not written yet
 * @param torrentsPruned rows of idle torrents deleted
 */
public record PersistenceStatus(
    State state,
    String database,
    Optional<String> trouble,
    long lastFlushAgeSeconds,
    long lastFlushMillis,
    long flushes,
    long torrentsWritten,
    long failures,
    long torrentsLoaded,
    long samplesWaiting,
    long torrentsPruned) {

  /** Whether the database is used, in one word. */
  public enum State {
    /** It has not been reached yet. */
    CONNECTING,
    /** It is used, and completed counts are still coming back from it. */
    LOADING,
    /** It is used. */
    READY,
    /** It was reached before, and is not now. */
    AWAY
  }
}
