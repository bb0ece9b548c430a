package io.trakx.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CountersTest {
  @Test
  void countsEachCounterByItself() {
    Counters counters = new Counters();
    counters.increment(TrackerCounter.ANNOUNCES);
    counters.add(TrackerCounter.PEERS_CLEANED, 41);
    counters.increment(TrackerCounter.PEERS_CLEANED);
    for (TrackerCounter counter : TrackerCounter.values()) {
      long expected =
          switch (counter) {
            case ANNOUNCES -> 1;
            case PEERS_CLEANED -> 42;
            default -> 0;
          };
      assertThat(counters.get(counter)).as(counter.key()).isEqualTo(expected);
    }
  }

  @Test
  void countersHaveKeysOfTheirOwnAndSentences() {
    assertThat(Arrays.stream(TrackerCounter.values()).map(TrackerCounter::key))
        .doesNotHaveDuplicates()
        .allMatch(key -> key.matches("[a-z0-9_]+(\\.[a-z0-9_]+)*"));
    assertThat(Arrays.stream(TrackerCounter.values()).map(TrackerCounter::description))
        .allMatch(description -> description.endsWith("."));
  }
}
