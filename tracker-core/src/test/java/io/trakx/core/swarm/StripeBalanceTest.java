package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.Bytes20;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether stripes are loaded alike, whatever info-hashes clients choose. */
class StripeBalanceTest {
  private static final int STRIPES = 1024;
  private static final int MEAN = 200;

  private final SwarmStore store =
      new SwarmStore(new StoreLimits(1, 1, 1), new Random(5), STRIPES, false);

  @ParameterizedTest
  @MethodSource("choices")
  void noStripeHasTwiceItsShare(Choice choice) {
    Map<Stripe, Integer> loads = new HashMap<>();
    Bytes20 infoHash = new Bytes20();
    for (int i = 0; i < STRIPES * MEAN; i++) {
      choice.choose(i, infoHash);
      loads.merge(store.stripe(store.hash(infoHash)), 1, Integer::sum);
    }
    assertThat(loads).hasSize(STRIPES);
    assertThat(loads.values()).allMatch(load -> load < 2 * MEAN);
    long[] counts = loads.values().stream().mapToLong(load -> load).toArray();
    ChiSquare.assertUniform(counts);
  }

  static Stream<Named<Choice>> choices() {
    return Stream.of(
        Named.of("counted at the end", (i, hash) -> hash.set(0, 0, i)),
        Named.of("counted in the middle", (i, hash) -> hash.set(-1, i, -1)),
        Named.of("counted at the start", (i, hash) -> hash.set((long) i << 40, 0, 0)),
        Named.of("one prefix", (i, hash) -> hash.set(0x1234, 0x5678, i * 0x9e3779b9)),
        Named.of("multiples of the stripes", (i, hash) -> hash.set((long) i * STRIPES, 0, 0)),
        Named.of("two bits set", StripeBalanceTest::twoBits));
  }

  /** Equal but for two bits of the first 128 and a small count. */
  private static void twoBits(int i, Bytes20 infoHash) {
    long high = 1L << (i & 63);
    long middle = 1L << ((i >>> 6) & 63);
    infoHash.set(high, middle, i >>> 12);
  }

  /** How info-hashes are chosen. */
  @FunctionalInterface
  interface Choice {
    void choose(int number, Bytes20 infoHash);
  }
}
