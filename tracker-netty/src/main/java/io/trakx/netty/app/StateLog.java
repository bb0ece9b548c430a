package io.trakx.netty.app;

import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreTotals;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Tells the log in a line how the tracker fares, whenever anything has happened since the last one.
 * Used by one thread at a time.
 */
final class StateLog {
  /** From one look to the next. */
  static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final Logger LOG = LogManager.getLogger(StateLog.class);

  /** Requests that were answered with a failure. */
  private static final Set<TrackerCounter> REFUSED =
      EnumSet.of(TrackerCounter.ANNOUNCES_REFUSED, TrackerCounter.SCRAPES_REFUSED);

  /** What came and was no request, or could not be answered. */
  private static final Set<TrackerCounter> ERRORS =
      EnumSet.of(
          TrackerCounter.HTTP_CONNECTIONS_REFUSED,
          TrackerCounter.HTTP_ACCEPTS_FAILED,
          TrackerCounter.HTTP_MALFORMED,
          TrackerCounter.HTTP_TOO_LARGE,
          TrackerCounter.HTTP_SHED,
          TrackerCounter.HTTP_UNANSWERED,
          TrackerCounter.HTTP_PROXY_HEADER_BAD,
          TrackerCounter.HTTP_PROXY_UNTRUSTED,
          TrackerCounter.TLS_HANDSHAKES_FAILED,
          TrackerCounter.UDP_MALFORMED,
          TrackerCounter.UDP_WRONG_ID,
          TrackerCounter.UDP_OVERLOADED,
          TrackerCounter.UDP_SEND_FAILED);

  private final Counters counters;
  private final Supplier<StoreTotals> totals;
  private final Supplier<Optional<String>> databaseState;
  private final Map<TrackerCounter, Long> told = new EnumMap<>(TrackerCounter.class);
  private StoreTotals lastTotals;
  private Optional<String> lastState;

  /** Whatever happens from now on is worth a line. */
  StateLog(
      Counters counters, Supplier<StoreTotals> totals, Supplier<Optional<String>> databaseState) {
    this.counters = counters;
    this.totals = totals;
    this.databaseState = databaseState;
    lastTotals = totals.get();
    lastState = databaseState.get();
  }

  /** Writes the line, if there is anything to tell. */
  void log() {
    long announces = since(TrackerCounter.ANNOUNCES);
    long scrapes = since(TrackerCounter.SCRAPES) + since(TrackerCounter.SCRAPES_FULL);
    long refused = sinceAll(REFUSED);
    long errors = sinceAll(ERRORS);
    StoreTotals now = totals.get();
    Optional<String> state = databaseState.get();
    boolean asked = announces + scrapes + refused + errors > 0;
    if (asked || !now.equals(lastTotals) || !state.equals(lastState)) {
      LOG.info(
          "{} announces and {} scrapes answered, {} refused, {} errors since the last such line;"
              + " {} seeders and {} leechers of {} addresses in {} swarms, {} torrents known{}",
          announces,
          scrapes,
          refused,
          errors,
          now.seeders(),
          now.leechers(),
          now.uniqueAddresses(),
          now.swarms(),
          now.torrents(),
          state.map(word -> "; database " + word).orElse(""));
    }
    lastTotals = now;
    lastState = state;
  }

  private long sinceAll(Set<TrackerCounter> several) {
    return several.stream().mapToLong(this::since).sum();
  }

  /** How much was counted since the last look. */
  private long since(TrackerCounter counter) {
    long now = counters.get(counter);
    Long before = told.put(counter, now);
    return before == null ? now : now - before;
  }
}
