package io.trakx.core.swarm;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.PeerList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether everybody is sampled alike; all seeds are fixed. */
class SampleFairnessTest {
  private static final SipHash SIP_HASH = new SipHash(1, 2);
  private static final int SAMPLES = 40_000;
  private static final int REMOVED = 17;

  private final FastRandom random = new FastRandom(42);
  private final AnnounceResponse response = new AnnounceResponse(200);

  @ParameterizedTest
  @CsvSource({"2, 3", "10, 30", "5, 400", "600, 7", "700, 800", "0, 50", "50, 0"})
  void leechersGetEveryPeerAlike(int seeders, int leechers) {
    PeerTable table = filled(seeders, leechers);
    int peers = seeders + leechers;
    long[] ones = count(table, peers, 1, false, PeerTable.ABSENT);
    ChiSquare.assertUniform(ones);
    for (int wanted : new int[] {2, Math.min(50, peers - 1)}) {
      long[] counts = count(table, peers, wanted, false, PeerTable.ABSENT);
      ChiSquare.assertEachNear(counts, SAMPLES, (double) wanted / peers);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "10, 30", "5, 400", "700, 800"})
  void leechersGetEveryPeerButThemselvesAlike(int seeders, int leechers) {
    PeerTable table = filled(seeders, leechers);
    int peers = seeders + leechers;
    for (int ordinal : new int[] {0, 1, leechers / 2, leechers - 1}) {
      int self = PeerTable.place(false, ordinal);
      long[] others = without(count(table, peers, 1, false, self), number(table, self));
      ChiSquare.assertUniform(others);
      int wanted = Math.min(50, peers - 2);
      others = without(count(table, peers, wanted, false, self), number(table, self));
      ChiSquare.assertEachNear(others, SAMPLES, (double) wanted / (peers - 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "10, 30", "700, 800"})
  void seedersGetEveryLeecherAlikeAndNoSeeder(int seeders, int leechers) {
    PeerTable table = filled(seeders, leechers);
    int self = PeerTable.place(true, seeders / 2);
    int wanted = Math.min(50, leechers - 1);
    long[] counts = count(table, seeders + leechers, wanted, true, self);
    long[] ofSeeders = new long[seeders];
    long[] ofLeechers = new long[leechers];
    System.arraycopy(counts, 0, ofSeeders, 0, seeders);
    System.arraycopy(counts, seeders, ofLeechers, 0, leechers);
    ChiSquare.assertEachNear(ofLeechers, SAMPLES, (double) wanted / leechers);
    ChiSquare.assertEachNear(ofSeeders, SAMPLES, 0);
    counts = count(table, seeders + leechers, 1, true, self);
    System.arraycopy(counts, seeders, ofLeechers, 0, leechers);
    ChiSquare.assertUniform(ofLeechers);
  }

  @Test
  void windowsAreFairAfterRemovals() {
    PeerTable table = filled(100, 300);
    // Those that joined first, as when a wave of peers times out.
    for (int i = 0; i < 100; i++) {
      table.remove(SIP_HASH, table.find(SIP_HASH, Peer.ipv4(100 + i).address()));
    }
    long[] counts = count(table, 400, 30, false, PeerTable.ABSENT);
    long[] left = new long[300];
    System.arraycopy(counts, 0, left, 0, 100);
    System.arraycopy(counts, 200, left, 100, 200);
    ChiSquare.assertEachNear(left, SAMPLES, 30.0 / 300);
  }

  @Tag("slow")
  @Test
  void insertionInOrderLeavesEveryOrderAlike() {
    long[] counts = new long[120];
    for (int i = 0; i < 60_000; i++) {
      PeerTable table = new Ipv4PeerTable();
      for (int number = 0; number < 5; number++) {
        add(table, number, false);
      }
      counts[rank(order(table, false))]++;
    }
    ChiSquare.assertUniform(counts);
  }

  @Tag("slow")
  @Test
  void removalsAndRoleChangesLeaveEveryOrderAlike() {
    long[] leechers = new long[24];
    long[] seeders = new long[24];
    for (int i = 0; i < 60_000; i++) {
      PeerTable table = new Ipv4PeerTable();
      for (int number = 0; number < 6; number++) {
        add(table, number, false);
        add(table, 10 + number, true);
      }
      // The first, one in the middle, and some that change sides, come and go.
      table.remove(SIP_HASH, find(table, 0));
      table.remove(SIP_HASH, find(table, 12));
      change(table, 3);
      change(table, 15);
      table.remove(SIP_HASH, find(table, 11));
      table.remove(SIP_HASH, find(table, 5));
      // Now leechers 1, 2, 4, 15 and seeders 3, 10, 13, 14.
      leechers[rank(order(table, false))]++;
      seeders[rank(order(table, true))]++;
    }
    ChiSquare.assertUniform(leechers);
    ChiSquare.assertUniform(seeders);
  }

  @Tag("slow")
  @Test
  void earlyAndLateComersOfALargeSwarmLieAnywhere() {
    int peers = 60;
    long[][] positions = new long[3][peers];
    for (int i = 0; i < 20_000; i++) {
      PeerTable table = filled(0, peers);
      positions[0][find(table, 0) >>> 1]++;
      positions[1][find(table, REMOVED) >>> 1]++;
      positions[2][find(table, peers - 1) >>> 1]++;
    }
    for (long[] counts : positions) {
      ChiSquare.assertUniform(counts);
    }
  }

  /** Seeders first, numbered from 0, then leechers. */
  private PeerTable filled(int seeders, int leechers) {
    PeerTable table = new Ipv4PeerTable();
    for (int number = 0; number < seeders + leechers; number++) {
      add(table, number, number < seeders);
    }
    return table;
  }

  private void add(PeerTable table, int number, boolean seeder) {
    table.add(SIP_HASH, random, Peer.ipv4(number).address(), new Bytes20(), seeder, 0);
  }

  private void change(PeerTable table, int number) {
    Peer peer = Peer.ipv4(number);
    table.changeRole(SIP_HASH, random, find(table, number), peer.address(), new Bytes20(), 0);
  }

  private static int find(PeerTable table, int number) {
    return table.find(SIP_HASH, Peer.ipv4(number).address());
  }

  /** How often each of the peers numbered 0 to {@code peers - 1} is sampled. */
  private long[] count(PeerTable table, int peers, int wanted, boolean leechersOnly, int self) {
    long[] counts = new long[peers];
    PeerList sample = response.peers(AddressFamily.IPV4);
    for (int i = 0; i < SAMPLES; i++) {
      response.reset();
      Sampler.sample(table, wanted, leechersOnly, self, false, random, sample);
      for (int offset = 0; offset < sample.compactLength(); offset += 6) {
        counts[Bytes.getInt(sample.compact(), offset) - 0x0a000000]++;
      }
    }
    return counts;
  }

  private static int number(PeerTable table, int place) {
    return Bytes.getInt(table.rows(), table.addressOffset(table.slot(place))) - 0x0a000000;
  }

  private static long[] without(long[] counts, int index) {
    long[] rest = new long[counts.length - 1];
    System.arraycopy(counts, 0, rest, 0, index);
    System.arraycopy(counts, index + 1, rest, index, rest.length - index);
    return rest;
  }

  /** The numbers of a role's peers in the order in which they lie. */
  private static List<Integer> order(PeerTable table, boolean seeder) {
    List<Integer> order = new ArrayList<>();
    for (int ordinal = 0; ordinal < table.count(seeder); ordinal++) {
      order.add(number(table, PeerTable.place(seeder, ordinal)));
    }
    return order;
  }

  /** The rank of a permutation among all of the same elements. */
  private static int rank(List<Integer> permutation) {
    int rank = 0;
    for (int i = 0; i < permutation.size(); i++) {
      int smaller = 0;
      for (int j = i + 1; j < permutation.size(); j++) {
        smaller += permutation.get(j) < permutation.get(i) ? 1 : 0;
      }
      rank = rank * (permutation.size() - i) + smaller;
    }
    return rank;
  }
}
