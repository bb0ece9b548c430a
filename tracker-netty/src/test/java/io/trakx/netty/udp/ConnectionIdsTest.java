package io.trakx.netty.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trakx.core.protocol.PeerAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ConnectionIdsTest {
  private static final int MAX_AGE_SECONDS = 300;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final ConnectionIds ids =
      new ConnectionIds(Duration.ofSeconds(MAX_AGE_SECONDS), new Random(1), nanos::get);

  private static PeerAddress ipv4(int bits, int port) {
    PeerAddress address = new PeerAddress();
    address.ipv4(bits);
    address.port(port);
    return address;
  }

  private static PeerAddress ipv6(long high, long low) {
    PeerAddress address = new PeerAddress();
    address.ipv6(high, low);
    return address;
  }

  private void pass(long milliseconds) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(milliseconds));
  }

  @Property
  void livesTwoMinutesAtLeastAndItsAgeAtMost(
      @ForAll @LongRange(min = 0, max = 100_000) long issuedMillis,
      @ForAll @LongRange(min = 0, max = 120_000) long young,
      @ForAll @LongRange(min = MAX_AGE_SECONDS * 1000L, max = 700_000_000) long old) {
    PeerAddress client = ipv4(0x0102_0304, 5);
    pass(issuedMillis);
    long id = ids.issue(client);
    pass(young);
    assertThat(ids.accepts(id, client)).isTrue();
    pass(old - young);
    assertThat(ids.accepts(id, client)).isFalse();
  }

  @Property
  void portsDoNotCountAndAddressesDo(
      @ForAll int bits, @ForAll int otherBits, @ForAll @IntRange(max = 65535) int port) {
    long id = ids.issue(ipv4(bits, 1));
    assertThat(ids.accepts(id, ipv4(bits, port))).isTrue();
    assertThat(ids.accepts(id, ipv6(0, 0xffffL << 32 | (bits & 0xffff_ffffL)))).isTrue();
    assertThat(ids.accepts(id, ipv4(otherBits, 1))).isEqualTo(bits == otherBits);
    assertThat(ids.accepts(id, ipv6(0, bits & 0xffff_ffffL))).isFalse();
  }

  @Property
  void everyBitCounts(@ForAll long high, @ForAll long low, @ForAll @IntRange(max = 63) int bit) {
    long id = ids.issue(ipv6(high, low));
    assertThat(ids.accepts(id ^ 1L << bit, ipv6(high, low))).isFalse();
    assertThat(ids.accepts(id, ipv6(high ^ 1L << bit, low))).isFalse();
    assertThat(ids.accepts(id, ipv6(high, low ^ 1L << bit))).isFalse();
  }

  @Example
  void theFutureIsRefused() {
    PeerAddress client = ipv4(1, 1);
    pass(ConnectionIds.SLOT_SECONDS * 1000L);
    long id = ids.issue(client);
    pass(-ConnectionIds.SLOT_SECONDS * 1000L);
    assertThat(ids.accepts(id, client)).isFalse();
  }

  @Example
  void anIdDoesNotComeToLifeAgainWhenItsSlotsBitsDo() {
    PeerAddress client = ipv4(1, 1);
    long id = ids.issue(client);
    pass((1L << 16) * ConnectionIds.SLOT_SECONDS * 1000);
    assertThat(ids.issue(client) >>> 48).isEqualTo(id >>> 48);
    assertThat(ids.accepts(id, client)).isFalse();
  }

  @Example
  void anotherRunHasOtherIds() {
    Set<Long> seen = new HashSet<>();
    for (int run = 0; run < 100; run++) {
      seen.add(
          new ConnectionIds(Duration.ofMinutes(5), new Random(run), () -> 0).issue(ipv4(1, 1)));
    }
    assertThat(seen).hasSize(100);
  }

  @Example
  void agesThatCannotBeAreRefused() {
    for (Duration age : new Duration[] {Duration.ofSeconds(129), Duration.ofDays(30)}) {
      assertThatThrownBy(() -> new ConnectionIds(age, new Random(1), () -> 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
