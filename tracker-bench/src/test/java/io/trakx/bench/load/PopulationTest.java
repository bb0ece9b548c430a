package io.trakx.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private final Population population = new Population(100, 20, 7);

  @Test
  void peersOfASwarmDifferByAddressOrPort() {
    for (int swarm = 0; swarm < population.swarms(); swarm++) {
      Set<Long> peers = new HashSet<>();
      for (long peer = swarm * 20L; peer < (swarm + 1) * 20L; peer++) {
        assertThat(population.swarm(peer)).isEqualTo(swarm);
        assertThat(population.port(peer)).isBetween(1, 65535);
        peers.add((long) population.source(peer) << 16 | population.port(peer));
      }
      assertThat(peers).hasSize(20);
    }
  }

  @Test
  void aPortTellsWhichPeerOfASwarmHasIt() {
    Population large = new Population(50, 40_000, 64);
    for (long peer = 0; peer < large.peers(); peer += 997) {
      assertThat(large.peerAt(large.swarm(peer), large.port(peer))).isEqualTo(peer);
    }
    int outside = population.port(20 * 3) - 1;
    assertThat(population.peerAt(3, outside)).isEqualTo(-1);
    assertThat(population.peerAt(3, 80)).isEqualTo(-1);
  }

  @Test
  void tenMillionSourcesAreAllOnTheLoopbackDevice() {
    Population many = new Population(500_000, 20, 10_000_000);
    assertThat(many.source(many.peers() - 1)).isEqualTo(9_999_999);
    assertThat(Population.address(16_000_000 - 1) >>> 24).isEqualTo(127);
  }

  @Test
  void findsPeersOfASourceInASwarm() {
    SplittableRandom random = new SplittableRandom(1);
    for (int source = 0; source < 7; source++) {
      Set<Long> found = new HashSet<>();
      for (int i = 0; i < 200; i++) {
        long peer = population.peer(33, source, random);
        assertThat(population.swarm(peer)).isEqualTo(33);
        assertThat(population.source(peer)).isEqualTo(source);
        found.add(peer);
      }
      assertThat(found).hasSizeBetween(2, 3);
    }
  }

  @Test
  void saysWhereASourceHasNoPeerInASwarm() {
    Population sparse = new Population(10, 2, 5);

    assertThat(sparse.peer(0, 1, new SplittableRandom(1))).isEqualTo(1);
    assertThat(sparse.peer(0, 2, new SplittableRandom(1))).isEqualTo(-1);
  }

  @Test
  void infoHashesDiffer() {
    Set<ByteBuffer> hashes = new HashSet<>();
    for (int swarm = 0; swarm < 10_000; swarm++) {
      ByteBuffer hash = ByteBuffer.allocate(20);
      Population.putInfoHash(hash, swarm);
      hashes.add(hash.flip());
    }
    assertThat(hashes).hasSize(10_000);
  }

  @Test
  void peerIdsArePrintable() {
    ByteBuffer id = ByteBuffer.allocate(20);
    Population.putPeerId(id, 12345);
    assertThat(new String(id.array(), Bytes.ASCII)).matches("-TL0001-[0-9a-f]{12}");
  }
}
