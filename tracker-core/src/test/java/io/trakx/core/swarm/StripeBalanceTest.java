package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.Bytes20;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
  private static final long GOLDEN_RATIO = 0x9e37_79b9_7f4a_7c15L;
  private static final long INVERSE_OF_GOLDEN_RATIO = 0xf1de_83e1_9937_733dL;
  private static final int ALIKE_TO_JAVA =
      Arrays.hashCode("Aa".repeat(10).getBytes(StandardCharsets.US_ASCII));

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
        Named.of("two bits set", StripeBalanceTest::twoBits),
        Named.of("alike to Java's hash of arrays and strings", StripeBalanceTest::alikeToJava),
        Named.of("alike to the exclusive or of words", StripeBalanceTest::alikeToXor),
        Named.of("alike to Fibonacci hashing", StripeBalanceTest::alikeToFibonacci));
  }

  /**
   * Pairs of bytes that are one to a polynomial in 31: {@code Aa}, {@code BB}, {@code C#} and one
   * more, ten times.
   */
  private static void alikeToJava(int i, Bytes20 infoHash) {
    byte[] bytes = new byte[20];
    for (int pair = 0; pair < 10; pair++) {
      int choice = i >>> (2 * pair) & 3;
      bytes[2 * pair] = (byte) ('A' + choice);
      bytes[2 * pair + 1] = (byte) ('a' - 31 * choice);
    }
    assertThat(Arrays.hashCode(bytes)).isEqualTo(ALIKE_TO_JAVA);
    ByteBuffer words = ByteBuffer.wrap(bytes);
    infoHash.set(words.getLong(), words.getLong(), words.getInt());
  }

  private static void alikeToXor(int i, Bytes20 infoHash) {
    infoHash.set(i, i, 0);
  }

  /** Products with the golden ratio whose high bits, which it takes, are all 0. */
  private static void alikeToFibonacci(int i, Bytes20 infoHash) {
    infoHash.set(i * INVERSE_OF_GOLDEN_RATIO, 0, 0);
    assertThat(i * INVERSE_OF_GOLDEN_RATIO * GOLDEN_RATIO).isEqualTo(i);
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
