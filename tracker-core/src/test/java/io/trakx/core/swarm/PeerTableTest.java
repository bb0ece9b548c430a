package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.hash.SipHash;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.PeerAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** {@link PeerTable} and {@link PeerIndex} against a map. */
class PeerTableTest {
  private static final SipHash SIP_HASH = new SipHash(1, 2);

  /** The first ordinal whose place no entry of two bytes can name, with the next one's sake. */
  private static final int MANY_PEERS = 6000;

  private final FastRandom random = new FastRandom(7);

  @Property(tries = 40)
  void holdsWhatAMapHolds(@ForAll AddressFamily family, @ForAll long seed) {
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      peers.add(family == AddressFamily.IPV4 ? Peer.ipv4(i) : Peer.ipv6(i));
    }
    new Walk(family, peers, seed).run(3000);
  }

  @Property(tries = 20)
  @Tag("slow")
  void holdsWhatAMapHoldsWhenAllHashesAreAlike(@ForAll AddressFamily family, @ForAll long seed) {
    PeerTable table = newTable(family);
    List<Peer> peers =
        CollidingPeers.find(
            120,
            i -> family == AddressFamily.IPV4 ? Peer.ipv4(i) : Peer.ipv6(i),
            peer -> table.hash(SIP_HASH, peer.address()));
    new Walk(family, peers, seed).run(2000);
  }

  @Example
  void tellsPeersApartByTheirLastBitAndPort() {
    PeerTable ipv4 = new Ipv4PeerTable();
    add(ipv4, Peer.ipv4(0x0a000001, 1), false);
    assertThat(find(ipv4, Peer.ipv4(0x0a000001, 257))).isEqualTo(PeerTable.ABSENT);
    assertThat(find(ipv4, Peer.ipv4(0x0a000000, 1))).isEqualTo(PeerTable.ABSENT);
    assertThat(find(ipv4, Peer.ipv4(0x8a000001, 1))).isEqualTo(PeerTable.ABSENT);
    PeerTable ipv6 = new Ipv6PeerTable();
    add(ipv6, Peer.ipv6(1, 2, 3), false);
    assertThat(find(ipv6, Peer.ipv6(1, 2, 4))).isEqualTo(PeerTable.ABSENT);
    assertThat(find(ipv6, Peer.ipv6(1, 3, 3))).isEqualTo(PeerTable.ABSENT);
    assertThat(find(ipv6, Peer.ipv6(0, 2, 3))).isEqualTo(PeerTable.ABSENT);
    assertThat(find(ipv6, Peer.ipv6(1, 2, 3))).isNotEqualTo(PeerTable.ABSENT);
  }

  @Example
  void takesAnIndexAboveTheNumberThatIsScannedAndDropsItWhenItShrinks() {
    PeerTable table = new Ipv4PeerTable();
    for (int i = 0; i < PeerTable.MAX_SCANNED; i++) {
      add(table, Peer.ipv4(i), i % 2 == 0);
    }
    assertThat(table.indexed()).isFalse();
    add(table, Peer.ipv4(PeerTable.MAX_SCANNED), true);
    assertThat(table.indexed()).isTrue();
    StoreInvariants.checkTable(SIP_HASH, table);
    for (int i = 0; i < 30; i++) {
      table.remove(SIP_HASH, find(table, Peer.ipv4(i)));
      StoreInvariants.checkTable(SIP_HASH, table);
    }
    assertThat(table.indexed()).isFalse();
  }

  @Example
  void oneTimeCompletionIsRememberedThroughMovesTouchesAndRoles() {
    PeerTable table = new Ipv4PeerTable();
    Peer peer = Peer.ipv4(0);
    add(table, peer, false);
    assertThat(table.markCompleted(find(table, peer))).isTrue();
    for (int i = 1; i < 100; i++) {
      add(table, Peer.ipv4(i), i % 2 == 0);
      table.touch(find(table, peer), new Bytes20(), i);
      table.changeRole(SIP_HASH, random, find(table, peer), peer.address(), new Bytes20(), 0xffff);
      assertThat(table.markCompleted(find(table, peer))).isFalse();
      assertThat(table.markCompleted(find(table, Peer.ipv4(i)))).isEqualTo(i % 2 != 0);
    }
  }

  @Example
  void indexWidensAndNarrowsAgain() {
    PeerTable table = new Ipv4PeerTable();
    boolean wide = false;
    for (int i = 0; i < MANY_PEERS; i++) {
      add(table, Peer.ipv4(i), false);
      if (table.indexed() && table.indexIsWide() != wide) {
        wide = true;
        StoreInvariants.checkTable(SIP_HASH, table);
        assertThat(i).isBetween(1000, 3000);
      }
    }
    assertThat(wide).isTrue();
    for (int i = 0; i < MANY_PEERS; i++) {
      Peer peer = Peer.ipv4(i);
      int place = find(table, peer);
      table.changeRole(SIP_HASH, random, place, peer.address(), new Bytes20(), 1);
      if (i % 1000 == 0) {
        StoreInvariants.checkTable(SIP_HASH, table);
      }
    }
    assertThat(table.seeders()).isEqualTo(MANY_PEERS);
    for (int i = 0; i < MANY_PEERS; i++) {
      table.remove(SIP_HASH, find(table, Peer.ipv4(i)));
      if (i % 500 == 0) {
        StoreInvariants.checkTable(SIP_HASH, table);
      }
      if (table.size() == 300) {
        assertThat(table.indexIsWide()).isFalse();
      }
    }
    assertThat(table.size()).isZero();
  }

  /** Every number of peers that an index is made or grows at, and the one role that grows alone. */
  @Example
  void everyPeerIsFoundWhateverTheSize() {
    for (AddressFamily family : AddressFamily.values()) {
      PeerTable table = newTable(family);
      for (int i = 0; i < 600; i++) {
        add(table, family == AddressFamily.IPV4 ? Peer.ipv4(i) : Peer.ipv6(i), i % 7 == 0);
        StoreInvariants.checkTable(SIP_HASH, table);
      }
      for (int i = 0; i < 600; i++) {
        Peer peer = family == AddressFamily.IPV4 ? Peer.ipv4(i) : Peer.ipv6(i);
        int place = find(table, peer);
        if (!PeerTable.isSeeder(place)) {
          table.changeRole(SIP_HASH, random, place, peer.address(), new Bytes20(), 1);
          StoreInvariants.checkTable(SIP_HASH, table);
        }
      }
    }
  }

  private static PeerTable newTable(AddressFamily family) {
    return family == AddressFamily.IPV4 ? new Ipv4PeerTable() : new Ipv6PeerTable();
  }

  private static int find(PeerTable table, Peer peer) {
    return table.find(SIP_HASH, peer.address());
  }

  private void add(PeerTable table, Peer peer, boolean seeder) {
    table.add(SIP_HASH, random, peer.address(), new Bytes20(), seeder, 0);
  }

  /** A random walk of a table and a map side by side, that swells and shrinks. */
  private static final class Walk {
    private final AddressFamily family;
    private final PeerTable table;
    private final List<Peer> peers;
    private final Map<Peer, Row> expected = new HashMap<>();
    private final Random random;
    private final FastRandom fastRandom;

    Walk(AddressFamily family, List<Peer> peers, long seed) {
      this.family = family;
      this.table = newTable(family);
      this.peers = peers;
      this.random = new Random(seed);
      this.fastRandom = new FastRandom(seed);
    }

    void run(int steps) {
      for (int i = 0; i < steps; i++) {
        boolean swells = i / 500 % 2 == 0;
        step(peers.get(random.nextInt(peers.size())), random.nextInt(10) < (swells ? 2 : 7));
        if (i % 50 == 0) {
          check();
        }
      }
      check();
    }

    private void step(Peer peer, boolean leaves) {
      PeerAddress address = peer.address();
      int place = table.find(SIP_HASH, address);
      Row row = expected.get(peer);
      assertThat(place != PeerTable.ABSENT).isEqualTo(row != null);
      Bytes20 id = new Bytes20();
      id.set(random.nextLong(), random.nextLong(), random.nextInt());
      int minute = random.nextInt(1 << 14);
      if (row == null) {
        if (!leaves) {
          boolean seeder = random.nextBoolean();
          int added = table.add(SIP_HASH, fastRandom, address, id, seeder, minute);
          assertThat(table.find(SIP_HASH, address)).isEqualTo(added);
          expected.put(peer, new Row(seeder, id.toString(), minute));
        }
      } else if (leaves) {
        table.remove(SIP_HASH, place);
        expected.remove(peer);
      } else if (random.nextBoolean()) {
        table.touch(place, id, minute);
        expected.put(peer, new Row(row.seeder, id.toString(), minute));
      } else {
        int moved = table.changeRole(SIP_HASH, fastRandom, place, address, id, minute);
        assertThat(table.find(SIP_HASH, address)).isEqualTo(moved);
        expected.put(peer, new Row(!row.seeder, id.toString(), minute));
      }
    }

    private void check() {
      if (table.size() > 0) {
        StoreInvariants.checkTable(SIP_HASH, table);
      }
      Map<Peer, Row> actual = new HashMap<>();
      for (boolean seeder : new boolean[] {true, false}) {
        for (int ordinal = 0; ordinal < table.count(seeder); ordinal++) {
          int place = PeerTable.place(seeder, ordinal);
          int slot = table.slot(place);
          Bytes20 id = new Bytes20();
          id.read(table.rows(), table.idOffset(slot));
          // Ages of up to twelve hours before the wrap-around are told exactly.
          int minute = -table.age(place, 0) & 0x3fff;
          Peer peer = Peer.at(family, table.rows(), table.addressOffset(slot));
          PeerAddress address = new PeerAddress();
          table.readAddress(place, address);
          assertThat(Peer.of(address)).isEqualTo(peer.addressOnly());
          actual.put(peer, new Row(seeder, id.toString(), minute));
        }
      }
      // A peer from ahead has age 0, which reads as minute 0 here.
      Map<Peer, Row> visible = new HashMap<>();
      expected.forEach((peer, row) -> visible.put(peer, row.seenFromMinuteZero()));
      assertThat(actual).isEqualTo(visible);
    }
  }

  private record Row(boolean seeder, String id, int minute) {
    Row seenFromMinuteZero() {
      boolean ahead = minute > 0 && minute < 12 * 60;
      return ahead ? new Row(seeder, id, 0) : this;
    }
  }
}
