package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final int TIMEOUT_MINUTES = 45;

  private final AnnounceResponse response = new AnnounceResponse(0);
  private SwarmStore store = store(1_000_000);

  @AfterEach
  void storeIsSound() {
    StoreInvariants.check(store);
  }

  @Test
  void emptiesEverySwarmOfAStripeInOneSweep() {
    for (int swarms = 1; swarms <= 200; swarms++) {
      for (int i = 0; i < swarms; i++) {
        announce(Peer.ipv4(i).leeching(Peer.infoHash(i)), 0);
      }
      SweepResult result = store.sweep(TIMEOUT_MINUTES + 1, TIMEOUT_MINUTES);
      assertThat(result).isEqualTo(new SweepResult(swarms, 0));
      assertThat(store.totals().torrents()).isZero();
    }
  }

  private SwarmStore store(long swarms) {
    return new SwarmStore(new StoreLimits(1_000_000, swarms, 1_000_000), new Random(1), 1);
  }

  private AnnounceOutcome announce(AnnounceRequest request, int minute) {
    response.reset();
    return store.announce(request, 0, minute, response);
  }
}
