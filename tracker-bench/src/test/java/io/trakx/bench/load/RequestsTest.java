package io.trakx.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestsTest {
  @ParameterizedTest
  @CsvSource({
    "10, 7, 3, 4, 0",
    "10, 7, 100, 4, 0",
    "3, 3, 5, 64, 0",
    "1, 1, 1, 1, 0",
    "10, 7, 3, 4, 21",
    "10, 7, 100, 4, 14"
  })
  void fillsWithEveryPeerOnce(
      int swarms, int peersPerSwarm, int sources, int slotCount, int firstPeer) {
    Population population = new Population(swarms, peersPerSwarm, sources);
    Slots slots = new Slots(slotCount);
    Requests.EachPeerOnce requests = new Requests.EachPeerOnce(population, firstPeer, slotCount);
    Set<Long> seen = new HashSet<>();
    while (!slots.allRetired()) {
      int slot = slots.take();
      if (requests.next(slots, slot)) {
        boolean again = seen.add(slots.peer(slot)) && slots.peer(slot) % 4 == 0;
        requests.finished(slots, slot, again ? Verdict.TIMED_OUT : Verdict.OK);
        slots.release(slot);
      } else {
        slots.retire();
      }
    }

    assertThat(seen)
        .hasSize(swarms * peersPerSwarm - firstPeer)
        .allMatch(peer -> peer >= firstPeer);
    assertThat(requests.done()).isEqualTo(population.peers() - firstPeer);
  }
}
