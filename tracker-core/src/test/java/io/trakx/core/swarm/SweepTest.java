package io.trakx.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
      SweepResult result = store.sweep(TIMEOUT_MINUTES + 1, TIMEOUT_MINUTES, () -> {});
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
    assertThat(store.sweep(0, TIMEOUT_MINUTES, () -> {})).isEqualTo(new SweepResult(0, 0));
    assertThat(store.totals().torrents()).isEqualTo(30);
  }

  @Test
  void dropsAsManyEmptyTorrentsAsRoomIsScarce() {
    store = store(32);
    for (int i = 0; i < 32; i++) {
      complete(i);
    }
    assertThat(store.sweep(0, TIMEOUT_MINUTES, () -> {})).isEqualTo(new SweepResult(0, 2));
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
    assertThat(store.sweep(0, TIMEOUT_MINUTES, () -> {})).isEqualTo(new SweepResult(0, 1));
    assertThat(announce(Peer.ipv4(1).leeching(Peer.infoHash(4)), 0))
        .isEqualTo(AnnounceOutcome.ADDED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_766, 32_767, 32_768, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void keepsPeersThatAnnounceAfterTheSweepReadTheClock(int minute) {
    announce(Peer.ipv4(1).leeching(Peer.infoHash(1)), minute + 1);
    announce(Peer.ipv4(2).leeching(Peer.infoHash(1)), minute + 11 * 60);
    assertThat(store.sweep(minute, TIMEOUT_MINUTES, () -> {}).cleaned()).isZero();
    assertThat(store.sweep(minute, SwarmStore.MAX_TIMEOUT_MINUTES, () -> {}).cleaned()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_766, 32_767, 32_768, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void removesPeersOlderThanTheTimeoutAndNoOthers(int minute) {
    for (int timeout : new int[] {1, TIMEOUT_MINUTES, SwarmStore.MAX_TIMEOUT_MINUTES}) {
      announce(Peer.ipv4(1).leeching(Peer.infoHash(1)), minute - timeout - 1);
      announce(Peer.ipv4(2).leeching(Peer.infoHash(1)), minute - timeout);
      announce(Peer.ipv4(3).seeding(Peer.infoHash(2)), minute - timeout - 11 * 60);
      announce(Peer.ipv6(4).seeding(Peer.infoHash(2)), minute);
      assertThat(store.sweep(minute, timeout, () -> {}).cleaned()).isEqualTo(2);
      assertThat(store.totals().peers()).isEqualTo(2);
      assertThat(announce(Peer.ipv4(2).leeching(Peer.infoHash(1)), minute))
          .isEqualTo(AnnounceOutcome.UPDATED);
      assertThat(store.sweep(minute + timeout + 1, timeout, () -> {}).cleaned()).isEqualTo(2);
    }
  }

  @Test
  void finishesSwarmsLargerThanASlice() {
    int peers = 20_000;
    for (int i = 0; i < peers; i++) {
      announce(Peer.ipv4(i).announcing(Peer.infoHash(1), i % 3 == 0), i % 2 == 0 ? 0 : 10);
      announce(Peer.ipv6(i).announcing(Peer.infoHash(1), i % 3 == 0), i % 2 == 0 ? 0 : 10);
    }
    assertThat(store.sweep(50, TIMEOUT_MINUTES, () -> {}).cleaned()).isEqualTo(peers);
    assertThat(store.totals().peers()).isEqualTo(peers);
    StoreInvariants.check(store);
    assertThat(store.sweep(60, TIMEOUT_MINUTES, () -> {}).cleaned()).isEqualTo(peers);
    assertThat(store.totals().torrents()).isZero();
  }

  @Tag("slow")
  @Test
  void startsAgainWhenAStripesTableWasResizedBetweenTwoSlices() {
    Stripe stripe = store.stripes()[0];
    for (int i = 0; i < 10_000; i++) {
      announce(Peer.ipv4(i).leeching(Peer.infoHash(i)), i % 2 == 0 ? 0 : 10);
    }
    SweepCursor cursor = new SweepCursor();
    stripe.start(cursor);
    assertThat(stripe.sweep(cursor, 50, TIMEOUT_MINUTES)).isFalse();
    for (int i = 10_000; i < 30_000; i++) {
      announce(Peer.ipv4(i).leeching(Peer.infoHash(i)), 50);
    }
    while (!stripe.sweep(cursor, 50, TIMEOUT_MINUTES)) {
      StoreInvariants.check(store);
    }
    assertThat(cursor.cleaned).isEqualTo(5_000);
    assertThat(store.totals().peers()).isEqualTo(25_000);
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
    return new SwarmStore(new StoreLimits(1_000_000, swarms, 1_000_000), new Random(1), 1, false);
  }

  private AnnounceOutcome announce(AnnounceRequest request, int minute) {
    response.reset();
    return store.announce(request, 0, minute, response);
  }
}
