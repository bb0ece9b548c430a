package io.trakx.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.PeerAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AddressLimiterTest {
  private static final long ORIGIN = 1_000;
  private static final int TIMEOUT_MINUTES = 45;

  private final AddressLimiter limiter = limiter(new AddressLimits(60, 30, 9));

  private static AddressLimiter limiter(AddressLimits limits) {
    return new AddressLimiter(limits, TIMEOUT_MINUTES, new Random(1), ORIGIN);
  }

  private static PeerAddress address(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(InetAddress.ofLiteral(text).getAddress());
    PeerAddress address = new PeerAddress();
    if (bytes.remaining() == Integer.BYTES) {
      address.ipv4(bytes.getInt());
    } else {
      address.ipv6(bytes.getLong(), bytes.getLong());
    }
    return address;
  }

  private static Bytes20 torrent(long number) {
    Bytes20 infoHash = new Bytes20();
    infoHash.set(number, 0, 0);
    return infoHash;
  }

  private static long nanos(long seconds) {
    return ORIGIN + TimeUnit.SECONDS.toNanos(seconds);
  }

  private int asked(String client, long seconds) {
    int count = 0;
    while (limiter.mayAsk(address(client), nanos(seconds))) {
      count++;
    }
    return count;
  }

  @Test
  void anAddressMayAskSoOftenAndAgainAfterAWhile() {
    assertThat(asked("192.0.2.1", 0)).isEqualTo(60);
    assertThat(asked("192.0.2.1", 5)).isEqualTo(5);
    assertThat(asked("192.0.2.2", 5)).as("another one").isEqualTo(60);
    assertThat(asked("192.0.2.1", 65)).isEqualTo(60);
    assertThat(asked("192.0.2.1", 1_000_000)).isEqualTo(60);
  }

  @Test
  void portsDoNotCount() {
    assertThat(asked("192.0.2.1", 0)).isEqualTo(60);
    PeerAddress samePlace = address("192.0.2.1");
    samePlace.port(7000);
    assertThat(limiter.mayAsk(samePlace, nanos(0))).isFalse();
  }

  @Test
  void addressesOfOneIpv6NetworkCountAsOne() {
    assertThat(asked("2001:db8:1:2::1", 0)).isEqualTo(60);
    assertThat(asked("2001:db8:1:2:ffff:ffff:ffff:ffff", 0)).isZero();
    assertThat(asked("2001:db8:1:3::1", 0)).isEqualTo(60);
    assertThat(asked("2001:db9:1:2::1", 0)).isEqualTo(60);
  }

  @Test
  void aMappedAddressIsTheIpv4AddressItStandsFor() {
    PeerAddress mapped = new PeerAddress();
    mapped.ipv6(0, 0xffff_c000_0201L);
    assertThat(asked("192.0.2.1", 0)).isEqualTo(60);
    assertThat(limiter.mayAsk(mapped, nanos(0))).isFalse();
  }

  @Test
  void torrentsAreCountedByTheHour() {
    for (int i = 0; i < 30; i++) {
      assertThat(limiter.mayBringTorrent(address("192.0.2.1"), 7)).isTrue();
    }
    assertThat(limiter.mayBringTorrent(address("192.0.2.1"), 8)).isFalse();
    assertThat(limiter.mayBringTorrent(address("2001:db8::1"), 8)).isTrue();
    assertThat(limiter.mayBringTorrent(address("192.0.2.1"), 9)).as("2 minutes on").isTrue();
    assertThat(limiter.mayBringTorrent(address("192.0.2.1"), 9)).isFalse();
  }

  @Test
  void peersAreCountedByAddressAndSwarm() {
    for (int i = 0; i < 9; i++) {
      assertThat(limiter.mayJoin(address("192.0.2.1"), torrent(1), 3)).isTrue();
    }
    assertThat(limiter.mayJoin(address("192.0.2.1"), torrent(1), 3)).isFalse();
    assertThat(limiter.mayJoin(address("192.0.2.1"), torrent(2), 3)).isTrue();
    assertThat(limiter.mayJoin(address("192.0.2.2"), torrent(1), 3)).isTrue();
    assertThat(limiter.mayJoin(address("192.0.2.1"), torrent(1), 7)).isFalse();
    assertThat(limiter.mayJoin(address("192.0.2.1"), torrent(1), 8)).isTrue();
  }

  @Test
  void swarmsAreToldApartByAllOfTheirInfoHash() {
    Bytes20 infoHash = new Bytes20();
    for (int i = 0; i < 40; i++) {
      infoHash.set(1, i < 20 ? 2 : i, i < 20 ? i : 3);
      assertThat(limiter.mayJoin(address("192.0.2.1"), infoHash, 3)).isTrue();
    }
  }

  /** Whatever comes when, what is not yet timed out was given by a full bucket and its earnings. */
  @Test
  void noAddressHoldsMoreThanTwiceTheLimitInASwarm() {
    Random random = new Random(2);
    int[] joined = new int[3_000];
    for (int minute = 0; minute < joined.length; minute++) {
      for (int tries = random.nextInt(5) == 0 ? random.nextInt(30) : 0; tries > 0; tries--) {
        if (limiter.mayJoin(address("192.0.2.1"), torrent(1), minute)) {
          joined[minute]++;
        }
      }
      int listed = 0;
      for (int since = Math.max(0, minute - TIMEOUT_MINUTES + 1); since <= minute; since++) {
        listed += joined[since];
      }
      assertThat(listed).as("listed in minute %d", minute).isLessThanOrEqualTo(2 * 9);
    }
  }

  @Test
  void zeroLimitsNothing() {
    AddressLimiter none = limiter(AddressLimits.NONE);
    for (int i = 0; i < 100_000; i++) {
      assertThat(none.mayAsk(address("192.0.2.1"), ORIGIN)).isTrue();
      assertThat(none.mayBringTorrent(address("192.0.2.1"), 0)).isTrue();
      assertThat(none.mayJoin(address("192.0.2.1"), torrent(1), 0)).isTrue();
    }
    assertThat(AddressLimiter.OFF.mayAsk(address("192.0.2.1"), 0)).isTrue();
  }

  @Test
  void limitsHaveARange() {
    assertThatThrownBy(() -> new AddressLimits(-1, 0, 0)).hasMessageContaining("not -1");
    assertThatThrownBy(() -> new AddressLimits(0, 0, 2_000_000_000))
        .hasMessageContaining("not 2000000000");
  }
}
