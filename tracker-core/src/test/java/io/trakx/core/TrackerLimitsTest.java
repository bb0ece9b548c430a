package io.trakx.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.limit.AddressLimiter;
import io.trakx.core.limit.AddressLimits;
import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponder;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a single address may bring, and which addresses may come at all. */
class TrackerLimitsTest {
  private static final int TIMEOUT_MINUTES = 45;
  private static final int ALICE = 0x0808_0801;
  private static final int BOB = 0x0808_0802;

  private final Counters counters = new Counters();
  private final AnnounceRequest request = new AnnounceRequest();
  private final AnnounceResponse response = new AnnounceResponse(10);
  private final Answer answer = new Answer();
  private int minute;

  private final SwarmStore store;
  private final InMemoryTracker tracker;

  TrackerLimitsTest() {
    AddressLimiter limiter =
        new AddressLimiter(new AddressLimits(3, 2, 5), TIMEOUT_MINUTES, new Random(1), 0);
    store = new SwarmStore(new StoreLimits(10_000, 10_000, 10_000), new Random(2), false, limiter);
    tracker = tracker(limiter, false);
  }

  private InMemoryTracker tracker(AddressLimiter limiter, boolean globalOnly) {
    return new InMemoryTracker(
        store,
        new AnnouncePolicy(1800, 0, 900, 5, 5, TIMEOUT_MINUTES),
        new AccessControl(AccessLists.OPEN),
        counters,
        () -> minute,
        new Random(3),
        limiter,
        globalOnly);
  }

  /** Why an announce is refused, or null. */
  private @Nullable FailureReason announce(int address, int port, int torrent) {
    request.address().ipv4(address);
    request.address().port(port);
    request.infoHash().set(torrent, 0, 0);
    answer.reason = null;
    tracker.announce(request, response, answer);
    return answer.reason;
  }

  private long refused(TrackerCounter counter) {
    assertThat(counters.get(TrackerCounter.ANNOUNCES_REFUSED)).isEqualTo(counters.get(counter));
    return counters.get(counter);
  }

  @Test
  void anAddressBringsSoManyTorrentsAndMayAnnounceThoseOfOthers() {
    assertThat(announce(ALICE, 1, 1)).isNull();
    assertThat(announce(ALICE, 1, 2)).isNull();
    assertThat(announce(ALICE, 1, 3)).isEqualTo(FailureReason.TOO_MANY_TORRENTS);
    assertThat(announce(BOB, 1, 3)).isNull();
    assertThat(announce(ALICE, 1, 3)).as("known by now").isNull();
    assertThat(announce(ALICE, 2, 4)).isEqualTo(FailureReason.TOO_MANY_TORRENTS);
    assertThat(store.totals().swarms()).isEqualTo(3);
    assertThat(refused(TrackerCounter.LIMITED_TORRENTS)).isEqualTo(2);
    minute = 30;
    assertThat(announce(ALICE, 2, 4)).isNull();
    assertThat(announce(ALICE, 2, 5)).isEqualTo(FailureReason.TOO_MANY_TORRENTS);
  }

  @Test
  void anAddressHasSoManyPeersInASwarmAndThoseGoOn() {
    for (int port = 1; port <= 5; port++) {
      assertThat(announce(ALICE, port, 1)).isNull();
    }
    assertThat(announce(ALICE, 6, 1)).isEqualTo(FailureReason.TOO_MANY_PORTS);
    assertThat(announce(ALICE, 6, 2)).as("another torrent").isNull();
    assertThat(announce(BOB, 6, 1)).as("another address").isNull();
    for (int port = 1; port <= 5; port++) {
      assertThat(announce(ALICE, port, 1)).as("known").isNull();
    }
    request.event(AnnounceEvent.STOPPED);
    assertThat(announce(ALICE, 6, 1)).as("not known, and leaving").isNull();
    assertThat(announce(ALICE, 1, 1)).isNull();
    request.event(AnnounceEvent.NONE);
    assertThat(store.totals().peers()).isEqualTo(6);
    assertThat(refused(TrackerCounter.LIMITED_PORTS)).isEqualTo(1);
  }

  @Test
  void thePeersOfAnAddressMakeRoomForOthersInTheTimeTheyAreListed() {
    for (int port = 1; port <= 6; port++) {
      announce(ALICE, port, 1);
    }
    minute = TIMEOUT_MINUTES + 1;
    tracker.sweep(() -> {});
    for (int port = 6; port <= 10; port++) {
      assertThat(announce(ALICE, port, 1)).isNull();
    }
    assertThat(announce(ALICE, 11, 1)).isEqualTo(FailureReason.TOO_MANY_PORTS);
    assertThat(store.totals().peers()).isEqualTo(5);
  }

  @Test
  void anAddressAsksSoOften() {
    request.address().ipv4(ALICE);
    for (int i = 0; i < 3; i++) {
      assertThat(tracker.admit(request.address(), 7)).isNull();
    }
    assertThat(tracker.admit(request.address(), 7)).isEqualTo(FailureReason.TOO_MANY_REQUESTS);
    assertThat(counters.get(TrackerCounter.LIMITED_REQUESTS)).isEqualTo(1);
    request.address().ipv4(BOB);
    assertThat(tracker.admit(request.address(), 7)).isNull();
  }

  @Test
  void aPublicTrackerListsGlobalAddressesOnly() {
    InMemoryTracker publicTracker = tracker(AddressLimiter.OFF, true);
    request.infoHash().set(1, 0, 0);
    request.address().port(1);
    request.address().ipv4(0x0a00_0001);
    publicTracker.announce(request, response, answer);
    assertThat(answer.reason).isEqualTo(FailureReason.ADDRESS_NOT_GLOBAL);
    assertThat(FailureReason.ADDRESS_NOT_GLOBAL.retryInMinutes())
        .isEqualTo(FailureReason.RETRY_NEVER);
    assertThat(store.totals().peers()).isZero();
    assertThat(refused(TrackerCounter.NOT_GLOBAL)).isEqualTo(1);
    answer.reason = null;
    request.address().ipv4(ALICE);
    publicTracker.announce(request, response, answer);
    assertThat(answer.reason).isNull();
    assertThat(store.totals().peers()).isEqualTo(1);
  }

  @Test
  void anotherTrackerListsPrivateAddressesToo() {
    assertThat(announce(0x0a00_0001, 1, 1)).isNull();
    assertThat(store.totals().peers()).isEqualTo(1);
  }

  private static final class Answer implements AnnounceResponder {
    private @Nullable FailureReason reason;

    @Override
    public void announced(AnnounceRequest announced, AnnounceResponse response) {}

    @Override
    public void refused(
        AnnounceRequest refused, FailureReason failureReason, @Nullable String detail) {
      reason = failureReason;
    }
  }
}
