package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.trakx.core.protocol.Bytes20;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SwarmTableTest {
  @Property(tries = 80)
  void holdsWhatAMapHolds(@ForAll("hashes") IntUnaryOperator hashes, @ForAll long seed) {
    SwarmTable table = new SwarmTable();
    Map<Integer, Swarm> expected = new HashMap<>();
    Set<Integer> marked = new HashSet<>();
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      int number = random.nextInt(300);
      boolean removes = random.nextInt(10) < (i / 600 % 2 == 0 ? 3 : 7);
      int position = table.find(hashes.applyAsInt(number), Peer.infoHash(number));
      Swarm known = expected.get(number);
      if (known == null) {
        assertThat(position).isNegative();
        if (!removes) {
          Swarm swarm = new Swarm(0, 0, number);
          int added = table.add(hashes.applyAsInt(number), swarm);
          assertThat(table.get(added)).isSameAs(swarm);
          assertThat(table.isMarked(added)).isFalse();
          expected.put(number, swarm);
        }
      } else {
        assertThat(table.get(position)).isSameAs(known);
        if (removes) {
          table.remove(position);
          expected.remove(number);
          marked.remove(number);
        } else if (marked.add(number)) {
          table.mark(position);
        } else {
          table.unmark(position);
          marked.remove(number);
        }
      }
      if (i % 100 == 0) {
        check(table, expected, marked, hashes);
      }
    }
    check(table, expected, marked, hashes);
  }

  /** Well spread, all equal, all at the end, all zero: the tag that means free. */
  @Provide
  Arbitrary<IntUnaryOperator> hashes() {
    return Arbitraries.of(
        number -> number * 0x9e3779b9,
        number -> 0x12345678,
        number -> -1 - number,
        number -> 0,
        number -> number % 3 == 0 ? -1 : number % 3 == 1 ? 0 : 1);
  }

  @Example
  void knowsNoSwarmAtAFreePosition() {
    assertThatIllegalStateException().isThrownBy(() -> new SwarmTable().get(0));
  }

  @Example
  void shrinksAfterACrowdHasLeft() {
    SwarmTable table = new SwarmTable();
    for (int i = 0; i < 10_000; i++) {
      table.add(i * 0x9e3779b9, new Swarm(0, 0, i));
    }
    assertThat(table.capacity()).isBetween(13_333, 20_000);
    for (int i = 0; i < 10_000; i++) {
      table.remove(table.find(i * 0x9e3779b9, Peer.infoHash(i)));
    }
    assertThat(table.size()).isZero();
    assertThat(table.capacity()).isEqualTo(8);
  }

  private static void check(
      SwarmTable table,
      Map<Integer, Swarm> expected,
      Set<Integer> marked,
      IntUnaryOperator hashes) {
    assertThat(table.size()).isEqualTo(expected.size());
    List<Swarm> held = new ArrayList<>();
    for (int position = 0; position < table.capacity(); position++) {
      Swarm swarm = table.peek(position);
      if (swarm != null) {
        held.add(swarm);
        Bytes20 infoHash = new Bytes20();
        swarm.readInfoHash(infoHash);
        assertThat(table.find(hashes.applyAsInt(infoHash.low()), infoHash)).isEqualTo(position);
        assertThat(table.isMarked(position)).isEqualTo(marked.contains(infoHash.low()));
      }
    }
    assertThat(held).containsExactlyInAnyOrderElementsOf(expected.values());
    assertThat(held.size()).isLessThanOrEqualTo(table.capacity() - table.capacity() / 4);
    assertThat(table.leadingRun()).isLessThan(table.capacity());
  }
}
