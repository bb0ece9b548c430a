package io.trakx.netty.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreTotals;
import io.trakx.netty.testing.LogLines;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateLogTest {
  private final Counters counters = new Counters();
  private StoreTotals totals = new StoreTotals(0, 0, 0, 0, 0, 0, 0);
  private Optional<String> database = Optional.of("ready");
  private final StateLog state = new StateLog(counters, () -> totals, () -> database);

  @Test
  void nothingThatHappenedIsNoLine() {
    try (LogLines log = new LogLines()) {
      state.log();
      counters.increment(TrackerCounter.ANNOUNCES);
      state.log();
      state.log();

      assertThat(log.lines()).hasSize(1);
    }
  }

  @Test
  void theLineTellsWhatWasCountedSinceTheLastAndWhatThereIs() {
    try (LogLines log = new LogLines()) {
      counters.add(TrackerCounter.ANNOUNCES, 100);
      state.log();
      counters.add(TrackerCounter.ANNOUNCES, 11);
      counters.add(TrackerCounter.SCRAPES, 2);
      counters.add(TrackerCounter.SCRAPES_FULL, 1);
      counters.add(TrackerCounter.ANNOUNCES_REFUSED, 3);
      counters.add(TrackerCounter.SCRAPES_REFUSED, 4);
      counters.add(TrackerCounter.HTTP_MALFORMED, 5);
      counters.add(TrackerCounter.UDP_WRONG_ID, 6);
      totals = new StoreTotals(3, 5, 7, 11, 13, 17, 19);
      state.log();

      assertThat(log.lines())
          .last()
          .isEqualTo(
              "INFO 11 announces and 3 scrapes answered, 7 refused, 11 errors since the last such"
                  + " line; 20 seeders and 28 leechers of 19 addresses in 3 swarms, 5 torrents"
                  + " known; database ready");
    }
  }

  @Test
  void peersThatGoAndADatabaseThatGoesAreWorthALine() {
    totals = new StoreTotals(1, 1, 1, 0, 0, 0, 1);
    state.log();
    try (LogLines log = new LogLines()) {
      totals = new StoreTotals(0, 1, 0, 0, 0, 0, 0);
      state.log();
      database = Optional.of("away");
      state.log();
      state.log();

      assertThat(log.lines()).hasSize(2).last().asString().endsWith("; database away");
    }
  }

  @Test
  void errorsAloneAreWorthALine() {
    database = Optional.empty();
    StateLog without = new StateLog(counters, () -> totals, () -> database);
    try (LogLines log = new LogLines()) {
      counters.increment(TrackerCounter.UDP_MALFORMED);
      without.log();

      assertThat(log.lines()).singleElement().asString().contains(" 1 errors ").endsWith("known");
    }
  }
}
