package io.trakx.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class TokenBucketsTest {
  private static final long SPRAYED = 10_000;

  /** What a bucket is, in the words of a textbook: tokens that come in with time. */
  private static final class ReferenceBuckets {
    private final long tokens;
    private final long ticksPerToken;
    private final Map<Long, long[]> levels = new HashMap<>();

    ReferenceBuckets(long tokens, long ticksPerToken) {
      this.tokens = tokens;
      this.ticksPerToken = ticksPerToken;
    }

    boolean take(long client, long tick) {
      long full = tokens * ticksPerToken;
      long[] levelAndTick = levels.computeIfAbsent(client, key -> new long[] {full, tick});
      levelAndTick[0] = Math.min(full, levelAndTick[0] + tick - levelAndTick[1]);
      levelAndTick[1] = tick;
      if (levelAndTick[0] < ticksPerToken) {
        return false;
      }
      levelAndTick[0] -= ticksPerToken;
      return true;
    }
  }

  /** The hash of a client whose set is the {@code set}th. */
  private static long client(long tag, int set) {
    return (tag + 1) << 40 | (long) set * TokenBuckets.WAYS;
  }

  /** Sixteen clients share four sets, which is as many as they have cells for. */
  @Property(tries = 300)
  void giveWhatTheReferenceGives(
      @ForAll @IntRange(min = 1, max = 40) int tokens,
      @ForAll @IntRange(min = 0, max = 6) int ticksPerTokenLog,
      @ForAll long seed) {
    long ticksPerToken = 1L << ticksPerTokenLog;
    TokenBuckets buckets = new TokenBuckets(16, tokens, tokens * ticksPerToken);
    ReferenceBuckets reference = new ReferenceBuckets(tokens, ticksPerToken);
    Random random = new Random(seed);
    long tick = random.nextInt(1000);
    for (int i = 0; i < 2000; i++) {
      tick += pause(random, tokens * ticksPerToken);
      int number = random.nextInt(16);
      long client = client(number, number % 4);
      assertThat(buckets.take(client, tick))
          .as("take %d, at %d", i, tick)
          .isEqualTo(reference.take(client, tick));
    }
  }

  /** None, mostly; now and then long enough for buckets to be full again, or for weeks. */
  private static long pause(Random random, long ticksToFull) {
    return switch (random.nextInt(40)) {
      case 0 -> random.nextLong(2 * ticksToFull);
      case 1 -> random.nextLong(1_000_000_000);
      default -> random.nextInt(3) / 2;
    };
  }

  @Example
  void aRateMayBeMoreThanATokenATick() {
    TokenBuckets buckets = new TokenBuckets(16, 20_000, 60);
    assertThat(taken(buckets, client(1, 1), 0)).isEqualTo(20_000);
    assertThat(taken(buckets, client(1, 1), 1)).isEqualTo(333);
    assertThat(taken(buckets, client(1, 1), 3)).isEqualTo(667);
    assertThat(taken(buckets, client(1, 1), 1000)).isEqualTo(20_000);
  }

  @Example
  void aLargeBucketKeepsItsRateToo() {
    TokenBuckets buckets = new TokenBuckets(16, 17_000_000, 60_000_000_000L);
    assertThat(taken(buckets, client(1, 1), 0)).isEqualTo(17_000_000);
    assertThat(taken(buckets, client(1, 1), 6_000_000_000L)).isEqualTo(1_700_000);
  }

  @Property
  void whoWasAwayForHoursIsNotRefused(
      @ForAll @LongRange(min = 1, max = TokenBuckets.MAX_CAPACITY) long tokens,
      @ForAll @LongRange(min = 0, max = 1_000_000) long seconds,
      @ForAll @LongRange(min = 60, max = 17 * 3600) long away) {
    TokenBuckets buckets = new TokenBuckets(16, tokens, 60_000_000_000L);
    assertThat(buckets.take(client(1, 1), seconds * 1_000_000_000)).isTrue();
    assertThat(buckets.take(client(1, 1), (seconds + away) * 1_000_000_000)).isTrue();
  }

  @Property(tries = 50)
  void theTimeMayBeThatOfAClockThatHasRunForYears(
      @ForAll @LongRange(min = 0, max = 300_000_000_000_000_000L) long nanos) {
    TokenBuckets buckets = new TokenBuckets(16, 60_000, 60_000_000_000L);
    assertThat(taken(buckets, client(1, 1), nanos)).isEqualTo(60_000);
    assertThat(taken(buckets, client(1, 1), nanos + 1_000_000_000)).isBetween(999L, 1001L);
  }

  @Example
  void aTimeThatIsOldDoesNotFillABucket() {
    TokenBuckets buckets = new TokenBuckets(16, 100, 100);
    assertThat(taken(buckets, client(1, 1), 1000)).isEqualTo(100);
    for (long tick = 999; tick > 901; tick--) {
      assertThat(buckets.take(client(1, 1), tick)).as("at %d", tick).isFalse();
    }
    assertThat(taken(buckets, client(1, 1), 1001)).isEqualTo(1);
  }

  /** But for the while in which its numbers, come around, say that it is empty. */
  @Example
  void aBucketIsFullWhenItsNumbersHaveComeAround() {
    for (long around : new long[] {(1L << 32) - 1000, (1L << 32) + 200, (1L << 33) + 500}) {
      TokenBuckets buckets = new TokenBuckets(16, 100, 100);
      assertThat(taken(buckets, client(1, 1), 5)).isEqualTo(100);
      assertThat(taken(buckets, client(1, 1), 5 + around)).isEqualTo(100);
    }
  }

  @Example
  void manyClientsHaveNobodyRefusedAndSaveNobodyFromIt() {
    TokenBuckets buckets = new TokenBuckets(16, 100, 100_000);
    long flooder = client(0, 2);
    assertThat(taken(buckets, flooder, 0)).isEqualTo(100);
    for (long i = 1; i <= SPRAYED; i++) {
      for (int set = 0; set < 4; set++) {
        assertThat(buckets.take(client(i, set), 0)).isTrue();
      }
      assertThat(buckets.take(flooder, 0)).isFalse();
    }
    // Nor if each of the many takes two or three.
    for (long i = 1; i <= SPRAYED; i++) {
      assertThat(buckets.take(client(SPRAYED + i / 3, 2), 0)).isTrue();
    }
    assertThat(buckets.take(flooder, 0)).isFalse();
  }

  @Example
  void whereThereIsNoRoomWhoOwesLeastIsForgotten() {
    TokenBuckets buckets = new TokenBuckets(4, 100, 100_000);
    for (int number = 0; number < 4; number++) {
      for (int i = 0; i <= 10 * number; i++) {
        assertThat(buckets.take(client(number, 0), 0)).isTrue();
      }
    }
    assertThat(buckets.take(client(9, 0), 0)).isTrue();
    assertThat(taken(buckets, client(3, 0), 0)).isEqualTo(69);
    assertThat(taken(buckets, client(2, 0), 0)).isEqualTo(79);
    assertThat(taken(buckets, client(1, 0), 0)).isEqualTo(89);
    assertThat(taken(buckets, client(0, 0), 0)).as("of the one forgotten").isEqualTo(100);
  }

  @Example
  void clientsOfOneSetHaveBucketsOfTheirOwn() {
    TokenBuckets buckets = new TokenBuckets(16, 10, 10);
    assertThat(taken(buckets, client(1, 3), 0)).isEqualTo(10);
    assertThat(taken(buckets, client(2, 3), 0)).isEqualTo(10);
    assertThat(buckets.take(client(1, 3), 0)).isFalse();
  }

  @Example
  void noTokenIsGivenTwice() throws Exception {
    TokenBuckets buckets = new TokenBuckets(16, 100_000, 1_000_000_000);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Long>> counts =
          IntStream.range(0, 4)
              .mapToObj(thread -> threads.submit(() -> taken(buckets, client(1, 1), 0)))
              .toList();
      long sum = 0;
      for (Future<Long> count : counts) {
        sum += count.get();
      }
      // They may meet in an empty set once, and each lose track of what it put there.
      assertThat(sum).isBetween(100_000L, 100_003L);
    }
  }

  @Example
  void refuseWhatIsNoBucket() {
    assertThatThrownBy(() -> new TokenBuckets(3, 1, 1)).hasMessageContaining("power of two");
    assertThatThrownBy(() -> new TokenBuckets(2, 1, 1)).hasMessageContaining("power of two");
    assertThatThrownBy(() -> new TokenBuckets(4, 0, 1)).hasMessageContaining("0 tokens");
    assertThatThrownBy(() -> new TokenBuckets(4, 1, 0)).hasMessageContaining("0 ticks");
    assertThatThrownBy(() -> new TokenBuckets(4, TokenBuckets.MAX_CAPACITY + 1, 1))
        .hasMessageContaining("1000000001 tokens");
  }

  /** How many tokens a client gets until it is refused. */
  private static long taken(TokenBuckets buckets, long client, long tick) {
    long count = 0;
    while (buckets.take(client, tick)) {
      count++;
    }
    return count;
  }
}
