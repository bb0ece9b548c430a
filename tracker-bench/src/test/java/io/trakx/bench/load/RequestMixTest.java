package io.trakx.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestMixTest {
  @Test
  void drawsByWeight() {
    RequestMix mix = RequestMix.parse("announce=6,stopped=3,scrape=1");
    SplittableRandom random = new SplittableRandom(7);
    Map<RequestKind, Integer> counts = new EnumMap<>(RequestKind.class);
    for (int i = 0; i < 100_000; i++) {
      counts.merge(mix.next(random), 1, Integer::sum);
    }

    assertThat(counts)
        .containsOnlyKeys(RequestKind.ANNOUNCE, RequestKind.STOPPED, RequestKind.SCRAPE);
    assertThat((double) counts.getOrDefault(RequestKind.ANNOUNCE, 0))
        .isCloseTo(60_000, Percentage.withPercentage(2));
    assertThat((double) counts.getOrDefault(RequestKind.SCRAPE, 0))
        .isCloseTo(10_000, Percentage.withPercentage(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "announce", "announce=", "announce=-1", "leech=3", "announce=1,", "stopped=0"})
  void refusesWhatIsNoMix(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> RequestMix.parse(text));
  }
}
