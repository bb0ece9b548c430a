package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.PeerAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks that a {@link SwarmStore} on which nobody works is sound inside: everything it derives is
 * what a recount finds, and everything it holds can be found.
 */
final class StoreInvariants {
  private final SwarmStore store;
  private final Map<Peer, Integer> peersByAddress = new HashMap<>();
  private final Map<Role, Long> peersByRole = new HashMap<>();
  private final Set<String> infoHashes = new HashSet<>();
  private long peers;
  private long activeSwarms;

  private StoreInvariants(SwarmStore store) {
    this.store = store;
  }

  static void check(SwarmStore store) {
    StoreInvariants invariants = new StoreInvariants(store);
    for (Stripe stripe : store.stripes()) {
      invariants.checkStripe(stripe);
    }
    invariants.checkTotals();
  }

  private void checkStripe(Stripe stripe) {
    SwarmTable table = stripe.table();
    int swarms = 0;
    for (int position = 0; position < table.capacity(); position++) {
      Swarm swarm = table.peek(position);
      if (swarm != null) {
        swarms++;
        checkSwarm(stripe, position, swarm);
      }
    }
    for (int position = 0; position < table.capacity(); position++) {
      check(table.peek(position) != null || !table.isMarked(position), "no mark without a torrent");
    }
    assertThat(table.size()).as("swarms counted by their table").isEqualTo(swarms);
    assertThat(swarms).as("fill").isLessThanOrEqualTo(table.capacity() - table.capacity() / 4);
    if (table.capacity() > 8) {
      assertThat(swarms).as("fill").isGreaterThanOrEqualTo(table.capacity() / 4);
    }
  }

  private void checkSwarm(Stripe stripe, int position, Swarm swarm) {
    Bytes20 infoHash = new Bytes20();
    swarm.readInfoHash(infoHash);
    assertThat(infoHashes.add(infoHash.toString())).as("one %s only", infoHash).isTrue();
    long hash = store.hash(infoHash);
    assertThat(store.stripe(hash)).as("stripe of %s", infoHash).isSameAs(stripe);
    assertThat(stripe.table().find((int) hash, infoHash))
        .as("position of %s", infoHash)
        .isEqualTo(position);
    assertThat(swarm.completed()).as("completed").isGreaterThanOrEqualTo(swarm.pending());
    assertThat(swarm.pending() == 0 || swarm.isTaken() || stripe.table().isMarked(position))
        .as("what is pending is on its way or waits to be")
        .isTrue();
    if (!swarm.isEmpty()) {
      activeSwarms++;
    }
    for (AddressFamily family : AddressFamily.values()) {
      PeerTable table = swarm.peers(family);
      if (table != null) {
        assertThat(table.size()).as("a table is there for peers").isPositive();
        checkTable(store.sipHash(), table);
        count(family, table);
      }
    }
  }

  private void count(AddressFamily family, PeerTable table) {
    peers += table.size();
    peersByRole.merge(new Role(family, true), (long) table.seeders(), Long::sum);
    peersByRole.merge(new Role(family, false), (long) table.leechers(), Long::sum);
    for (int slot = 0; slot < table.capacity(); slot++) {
      if (slot < table.seeders() || slot >= table.capacity() - table.leechers()) {
        Peer peer = Peer.at(family, table.rows(), table.addressOffset(slot));
        peersByAddress.merge(peer.addressOnly(), 1, Integer::sum);
      }
    }
  }

  private void checkTotals() {
    StoreTotals totals = store.totals();
    assertThat(totals.swarms()).as("swarms with peers").isEqualTo(activeSwarms);
    assertThat(totals.torrents()).as("torrents").isEqualTo(infoHashes.size());
    assertThat(totals.peers()).as("peers").isEqualTo(peers);
    assertThat(store.budget().peers()).as("peers taken from the budget").isEqualTo(peers);
    assertThat(totals.seedersIpv4()).isEqualTo(recounted(AddressFamily.IPV4, true));
    assertThat(totals.leechersIpv4()).isEqualTo(recounted(AddressFamily.IPV4, false));
    assertThat(totals.seedersIpv6()).isEqualTo(recounted(AddressFamily.IPV6, true));
    assertThat(totals.leechersIpv6()).isEqualTo(recounted(AddressFamily.IPV6, false));
    assertThat(totals.uniqueAddresses()).as("addresses").isEqualTo(peersByAddress.size());
    peersByAddress.forEach(
        (address, count) ->
            assertThat(store.uniqueAddresses().peers(address.address()))
                .as("peers of %s", address)
                .isEqualTo(count));
  }

  private long recounted(AddressFamily family, boolean seeder) {
    return peersByRole.getOrDefault(new Role(family, seeder), 0L);
  }

  /** Checks one table by itself: its partitions, its bounds, its index. */
  static void checkTable(SipHash sipHash, PeerTable table) {
    int size = table.size();
    assertThat(table.seeders()).isNotNegative();
    assertThat(table.leechers()).isNotNegative();
    assertThat(table.capacity()).as("room for all").isGreaterThanOrEqualTo(size);
    assertThat(table.capacity()).as("room for %d", size).isLessThanOrEqualTo(Math.max(2 * size, 1));
    assertThat(table.rows()).hasSize(table.capacity() * (table.compactBytes() + 22));
    AddressFamily family = table instanceof Ipv4PeerTable ? AddressFamily.IPV4 : AddressFamily.IPV6;
    Set<Peer> seen = HashSet.newHashSet(size);
    for (boolean seeder : new boolean[] {true, false}) {
      for (int ordinal = 0; ordinal < table.count(seeder); ordinal++) {
        int place = PeerTable.place(seeder, ordinal);
        int slot = table.slot(place);
        PeerAddress address = Peer.at(family, table.rows(), table.addressOffset(slot)).address();
        check(PeerTable.isSeeder(place) == seeder, "a place knows its role");
        check(slot - table.firstSlot(seeder) < table.count(seeder), "a slot in its partition");
        check(slot >= table.firstSlot(seeder), "a slot in its partition");
        check(address.family() == family, "a peer of the table's family");
        check(seen.add(Peer.of(address)), "a peer is there once");
        int found = table.find(sipHash, address);
        check(found == place, "a peer is found where it is");
      }
    }
    if (table.indexed()) {
      checkIndex(table);
    } else {
      assertThat(size).as("a large table has an index").isLessThanOrEqualTo(PeerTable.MAX_SCANNED);
    }
  }

  private static void checkIndex(PeerTable table) {
    int size = table.size();
    int capacity = table.indexCapacity();
    assertThat(size).as("index fill").isLessThanOrEqualTo(capacity - capacity / 4);
    Set<Integer> places = HashSet.newHashSet(size);
    for (int position = 0; position < capacity; position++) {
      int place = table.indexedPlace(position);
      if (place != PeerTable.ABSENT) {
        check(places.add(place), "an entry for each peer");
        check(place >>> 1 < table.count(PeerTable.isSeeder(place)), "an entry names a peer");
      }
    }
    assertThat(places).as("entries").hasSize(size);
  }

  /** Cheaper than an assertion of AssertJ, for what is checked a peer. */
  private static void check(boolean holds, String invariant) {
    if (!holds) {
      throw new AssertionError("violated: " + invariant);
    }
  }

  private record Role(AddressFamily family, boolean seeder) {}
}
