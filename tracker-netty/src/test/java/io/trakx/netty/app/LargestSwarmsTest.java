package io.trakx.netty.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.access.InfoHashList;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.web.LargeSwarm;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LargestSwarmsTest {
  private final SwarmStore store =
      new SwarmStore(new StoreLimits(100_000, 10_000, 1000), new Random(1));
  private final AccessControl access = new AccessControl(AccessLists.OPEN);
  private final LargestSwarms largest = new LargestSwarms(store, access, 3, System::nanoTime);

  private void announce(int torrent, int peers) {
    AnnounceRequest request = new AnnounceRequest();
    for (int peer = 1; peer <= peers; peer++) {
      request.infoHash().set(torrent, 0, 0);
      request.peerId().set(peer, 0, 0);
      request.address().ipv4(peer);
      request.address().port(1);
      request.left(1);
      store.announce(request, 0, 1, new AnnounceResponse(0));
    }
  }

  @Test
  void theLargestAreToldOfLargestFirstAndNoneThatIsBanned() {
    for (int torrent = 1; torrent <= 50; torrent++) {
      announce(torrent, torrent);
    }
    assertThat(largest.get()).isEmpty();
    largest.run();
    assertThat(largest.get())
        .extracting(swarm -> swarm.seeders() + swarm.leechers())
        .containsExactly(50, 49, 48);

    Bytes20 banned = new Bytes20();
    banned.set(50, 0, 0);
    InfoHashList.Builder bans = new InfoHashList.Builder();
    bans.add(banned, null);
    access.replaceBans(bans.build());
    largest.run();
    assertThat(largest.get()).extracting(LargeSwarm::infoHash).doesNotContain(banned.toString());
    assertThat(largest.get()).hasSize(3);
  }
}
