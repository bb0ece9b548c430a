package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much live heap peers and swarms take, all tables included. */
@Tag("slow")
class StoreMemoryTest {
  private static final StoreLimits LIMITS = new StoreLimits(1 << 24, 1 << 24, 1 << 24);

  @Test
  void aPeerOfAMediumSwarmTakes64BytesAtMost() {
    assertThat(bytesPerPeer("20 in each of 50,000 swarms", 50_000, 20)).isLessThanOrEqualTo(64);
  }

  @Test
  void aSwarmOfOnePeerTakes320BytesAtMost() {
    assertThat(bytesPerPeer("1 in each of 100,000 swarms", 100_000, 1)).isLessThanOrEqualTo(320);
  }

  /** With marks in the hashes' spare bit, what is left is the account of a torrent. */
  @Test
  void trackingTheChangesOfATorrentTakes8BytesAtMost() {
    int bytesWithoutAccount = 40;
    Swarm[] swarms = new Swarm[1_000_000];
    long before = liveBytes();
    Arrays.setAll(swarms, number -> new Swarm(0, 0, number));
    double bytes = (double) (liveBytes() - before) / swarms.length;
    System.out.printf("%.1f bytes a torrent without peers%n", bytes);
    // Objects take multiples of eight bytes, so what else the JVM does meanwhile decides nothing.
    assertThat(Math.round(bytes / 8) * 8).isLessThanOrEqualTo(bytesWithoutAccount + 8);
  }

  @Test
  void aPeerOfALargeSwarmTakes64BytesAtMost() {
    assertThat(bytesPerPeer("1,000,000 in one swarm", 1, 1_000_000)).isLessThanOrEqualTo(64);
  }

  private static double bytesPerPeer(String what, int swarms, int peersPerSwarm) {
    long before = liveBytes();
    SwarmStore store = new SwarmStore(LIMITS, new Random(1), true);
    int peers = swarms * peersPerSwarm;
    fill(store, swarms, peers);
    long taken = liveBytes() - before;
    assertThat(store.totals().peers()).isEqualTo(peers);
    double bytes = (double) taken / peers;
    System.out.printf("%.1f bytes a peer, %s; %s%n", bytes, what, breakdown(store, peers));
    return bytes;
  }

  /** Round after round a peer joins each swarm, as swarms grow in life: all at the same time. */
  private static void fill(SwarmStore store, int swarms, int peers) {
    AnnounceRequest request = new AnnounceRequest();
    AnnounceResponse response = new AnnounceResponse(50);
    SplittableRandom random = new SplittableRandom(1);
    int odd = random.nextInt() | 1;
    for (int i = 0; i < peers; i++) {
      request.infoHash().set(0, 0, i % swarms);
      request.peerId().set(random.nextLong(), random.nextLong(), random.nextInt());
      // A multiple of an odd number: all addresses differ.
      request.address().ipv4(i * odd);
      request.address().port(6881);
      request.left(i % 3);
      response.reset();
      store.announce(request, 50, 0, response);
    }
    assertThat(store.totals().uniqueAddresses()).isEqualTo(peers);
  }

  private static long liveBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /** What the large arrays hold, in bytes a peer; objects and headers are the rest. */
  private static String breakdown(SwarmStore store, int peers) {
    long rows = 0;
    long indexes = 0;
    long stripes = 0;
    for (Stripe stripe : store.stripes()) {
      SwarmTable table = stripe.table();
      stripes += (long) table.capacity() * (Integer.BYTES + Integer.BYTES);
      for (int position = 0; position < table.capacity(); position++) {
        Swarm swarm = table.peek(position);
        PeerTable peerTable = swarm == null ? null : swarm.peers(AddressFamily.IPV4);
        if (peerTable != null) {
          rows += peerTable.rows().length;
          indexes += peerTable.indexBytes();
        }
      }
    }
    return "rows %.1f (%d a peer packed), indexes %.1f, stripes' tables %.1f, addresses %.1f"
        .formatted(
            (double) rows / peers,
            6 + Short.BYTES + Bytes20.BYTES,
            (double) indexes / peers,
            (double) stripes / peers,
            (double) store.uniqueAddresses().bytes() / peers);
  }
}
