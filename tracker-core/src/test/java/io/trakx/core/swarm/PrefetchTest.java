package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.InfoHashBatch;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reading ahead changes nothing, whatever is there. */
class PrefetchTest {
  private static final int TORRENTS = 64;

  private final SwarmStore store =
      new SwarmStore(new StoreLimits(1 << 20, 1 << 20, 1 << 20), new Random(1), 2, false);
  private final InfoHashBatch batch = new InfoHashBatch(TORRENTS);

  private void expectAll() {
    batch.reset();
    for (int torrent = 0; torrent < TORRENTS; torrent++) {
      Bytes20 infoHash = Peer.infoHash(torrent);
      batch.add(infoHash.high(), infoHash.middle(), infoHash.low());
    }
    store.prefetch(batch);
  }

  @Test
  void anEmptyStoreStaysEmpty() {
    expectAll();
    assertThat(store.totals().torrents()).isZero();
    StoreInvariants.check(store);
  }

  @Test
  void swarmsOfEverySizeAndFamilyStayAsTheyAre() {
    AnnounceResponse response = new AnnounceResponse(0);
    for (int torrent = 0; torrent < TORRENTS / 2; torrent++) {
      for (int peer = 0; peer < torrent * torrent / 8; peer++) {
        Peer announcing = torrent % 2 == 0 ? Peer.ipv4(peer, 6881) : Peer.ipv6(peer);
        store.announce(
            announcing.announcing(Peer.infoHash(torrent), peer % 3 == 0), 0, 7, response);
      }
    }
    StoreTotals before = store.totals();
    expectAll();
    assertThat(store.totals()).isEqualTo(before);
    StoreInvariants.check(store);
  }
}
