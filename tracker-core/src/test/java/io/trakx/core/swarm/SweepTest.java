package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AnnounceEvent;
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

  @Test
  void keepsCompletedCountsWhileThereIsRoom() {
    store = store(32);
    for (int i = 0; i < 30; i++) {
      complete(i);
    }
    assertThat(store.sweep(0, TIMEOUT_MINUTES)).isEqualTo(new SweepResult(0, 0));
    assertThat(store.totals().torrents()).isEqualTo(30);
  }

  @Test
  void dropsAsManyEmptyTorrentsAsRoomIsScarce() {
    store = store(32);
    for (int i = 0; i < 32; i++) {
      complete(i);
    }
    assertThat(store.sweep(0, TIMEOUT_MINUTES)).isEqualTo(new SweepResult(0, 2));
    assertThat(store.totals().torrents()).isEqualTo(30);
  }

  @Test
  void makesRoomInASmallFullStoreToo() {
    store = store(3);
    for (int i = 0; i < 3; i++) {
      complete(i);
    }
    assertThat(announce(Peer.ipv4(1).leeching(Peer.infoHash(4)), 0))
        .isEqualTo(AnnounceOutcome.NOT_LISTED);
    assertThat(store.sweep(0, TIMEOUT_MINUTES)).isEqualTo(new SweepResult(0, 1));
    assertThat(announce(Peer.ipv4(1).leeching(Peer.infoHash(4)), 0))
        .isEqualTo(AnnounceOutcome.ADDED);
  }

  /** Leaves an empty torrent with one completed download. */
  private void complete(int torrent) {
    AnnounceRequest request = Peer.ipv4(1).leeching(Peer.infoHash(torrent));
    announce(request, 0);
    request.event(AnnounceEvent.COMPLETED);
    assertThat(announce(request, 0)).isEqualTo(AnnounceOutcome.COMPLETED);
    request.event(AnnounceEvent.STOPPED);
    announce(request, 0);
  }

  private SwarmStore store(long swarms) {
    return new SwarmStore(new StoreLimits(1_000_000, swarms, 1_000_000), new Random(1), 1);
  }

  private AnnounceOutcome announce(AnnounceRequest request, int minute) {
    response.reset();
    return store.announce(request, 0, minute, response);
  }
}
