package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.AddressFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AddressCountsTest {
  private static final SipHash SIP_HASH = new SipHash(3, 4);

  @Property(tries = 60)
  void countsLikeAMap(@ForAll AddressFamily family, @ForAll boolean colliding, @ForAll long seed) {
    List<Peer> peers = peers(family, colliding);
    AddressCounts counts = new AddressCounts(family, SIP_HASH);
    Map<Peer, Integer> expected = new HashMap<>();
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      Peer peer = peers.get(random.nextInt(peers.size()));
      if (random.nextInt(10) < (i / 600 % 2 == 0 ? 3 : 7)) {
        // Also of addresses that are not there.
        counts.remove(hash(peer), peer.high(), peer.low());
        expected.computeIfPresent(peer, (key, count) -> count == 1 ? null : count - 1);
      } else {
        counts.add(hash(peer), peer.high(), peer.low());
        expected.merge(peer, 1, Integer::sum);
      }
      if (i % 100 == 0) {
        check(counts, peers, expected);
      }
    }
    check(counts, peers, expected);
  }

  @Example
  void isFullToFourFifthsAtMostAndShrinks() {
    AddressCounts counts = new AddressCounts(AddressFamily.IPV4, SIP_HASH);
    for (int i = 0; i < 10_000; i++) {
      counts.add(hash(Peer.ipv4(i)), 0, Peer.ipv4(i).low());
      assertThat(counts.size()).isLessThanOrEqualTo(counts.capacity() - counts.capacity() / 5);
    }
    assertThat(counts.capacity()).isLessThanOrEqualTo(10_000 * 10 / 5);
    for (int i = 0; i < 10_000; i++) {
      counts.remove(hash(Peer.ipv4(i)), 0, Peer.ipv4(i).low());
      assertThat(counts.capacity()).isLessThanOrEqualTo(Math.max(8, counts.size() * 5 / 2 + 3));
    }
    assertThat(counts.size()).isZero();
    assertThat(counts.capacity()).isEqualTo(8);
  }

  @Example
  void countsMoreThanARowCanTell() {
    AddressCounts counts = new AddressCounts(AddressFamily.IPV6, SIP_HASH);
    Peer crowd = Peer.ipv6(1);
    Peer other = Peer.ipv6(2);
    counts.add(hash(other), other.high(), other.low());
    for (int i = 0; i < 70_000; i++) {
      counts.add(hash(crowd), crowd.high(), crowd.low());
      assertThat(counts.get(hash(crowd), crowd.high(), crowd.low())).isEqualTo(i + 1);
    }
    assertThat(counts.get(hash(other), other.high(), other.low())).isEqualTo(1);
    for (int i = 70_000; i > 0; i--) {
      counts.remove(hash(crowd), crowd.high(), crowd.low());
      assertThat(counts.get(hash(crowd), crowd.high(), crowd.low())).isEqualTo(i - 1);
    }
    assertThat(counts.size()).isEqualTo(1);
  }

  private static void check(AddressCounts counts, List<Peer> peers, Map<Peer, Integer> expected) {
    assertThat(counts.size()).isEqualTo(expected.size());
    for (Peer peer : peers) {
      assertThat(counts.get(hash(peer), peer.high(), peer.low()))
          .isEqualTo(expected.getOrDefault(peer, 0));
    }
  }

  private static List<Peer> peers(AddressFamily family, boolean colliding) {
    if (colliding) {
      return CollidingPeers.find(100, i -> peer(family, i), AddressCountsTest::hash);
    }
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      peers.add(peer(family, i));
    }
    return peers;
  }

  private static Peer peer(AddressFamily family, int number) {
    return family == AddressFamily.IPV4 ? Peer.ipv4(number) : Peer.ipv6(number);
  }

  private static int hash(Peer peer) {
    return (int) AddressCounts.hash(SIP_HASH, peer.family(), peer.high(), peer.low());
  }
}
