package io.trakx.core;

import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.access.GlobalAddresses;
import io.trakx.core.limit.AddressLimiter;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponder;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.AnnounceWarning;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.InfoHashBatch;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.protocol.ScrapeResponder;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.AnnounceOutcome;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.core.swarm.SweepResult;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The tracker over a {@link SwarmStore} in this process: responders are called before a call
 * returns. Thread-safe if its random generator is.
 */
public final class InMemoryTracker implements Tracker {
  private final SwarmStore store;
  private final AnnouncePolicy policy;
  private final AccessControl access;
  private final Counters counters;
  private final MinuteClock clock;
  private final RandomGenerator jitter;
  private final AddressLimiter limiter;
  private final boolean globalOnly;

  /**
   * @param jitter spreads the intervals; called by every thread that announces
   */
  public InMemoryTracker(
      SwarmStore store,
      AnnouncePolicy policy,
      AccessControl access,
      Counters counters,
      MinuteClock clock,
      RandomGenerator jitter) {
    this(store, policy, access, counters, clock, jitter, AddressLimiter.OFF, false);
  }

  /**
   * @param jitter spreads the intervals; called by every thread that announces
   * @param limiter says how much an address may ask for; the store may have the same one
   * @param globalOnly whether addresses are refused that are not global, since the tracker is
   *     public
   */
  public InMemoryTracker(
      SwarmStore store,
      AnnouncePolicy policy,
      AccessControl access,
      Counters counters,
      MinuteClock clock,
      RandomGenerator jitter,
      AddressLimiter limiter,
      boolean globalOnly) {
    this.store = store;
    this.policy = policy;
    this.access = access;
    this.counters = counters;
    this.clock = clock;
    this.jitter = jitter;
    this.limiter = limiter;
    this.globalOnly = globalOnly;
  }

  @Override
  public boolean answersAtOnce() {
    return true;
  }

  @Override
  public void expect(InfoHashBatch batch) {
    store.prefetch(batch);
  }

  @Override
  public @Nullable FailureReason admit(PeerAddress client, long nanos) {
    if (limiter.mayAsk(client, nanos)) {
      return null;
    }
    counters.increment(TrackerCounter.LIMITED_REQUESTS);
    return FailureReason.TOO_MANY_REQUESTS;
  }

  @Override
  public void announce(
      AnnounceRequest request, AnnounceResponse response, AnnounceResponder responder) {
    AccessLists lists = access.lists();
    Bytes20 infoHash = request.infoHash();
    if (!lists.permits(infoHash)) {
      refuse(request, lists, responder);
      return;
    }
    if (globalOnly && !GlobalAddresses.contains(request.address())) {
      refuse(request, TrackerCounter.NOT_GLOBAL, FailureReason.ADDRESS_NOT_GLOBAL, responder);
      return;
    }
    response.reset();
    int wanted = policy.peersFor(request.numwant());
    AnnounceOutcome outcome = store.announce(request, wanted, clock.minute(), response);
    if (outcome == AnnounceOutcome.TOO_MANY_TORRENTS) {
      refuse(request, TrackerCounter.LIMITED_TORRENTS, FailureReason.TOO_MANY_TORRENTS, responder);
      return;
    }
    if (outcome == AnnounceOutcome.TOO_MANY_PORTS) {
      refuse(request, TrackerCounter.LIMITED_PORTS, FailureReason.TOO_MANY_PORTS, responder);
      return;
    }
    count(request, outcome);
    int spread = policy.jitterSeconds() == 0 ? 0 : jitter.nextInt(policy.jitterSeconds() + 1);
    response.intervals(policy.intervalSeconds() + spread, policy.minIntervalSeconds());
    if (outcome == AnnounceOutcome.NOT_LISTED) {
      response.warning(AnnounceWarning.NOT_LISTED);
    }
    responder.announced(request, response);
  }

  /** {@inheritDoc} Torrents that may not be announced have zeros, like unknown ones. */
  @Override
  public void scrape(Scrape scrape, ScrapeResponder responder) {
    AccessLists lists = access.lists();
    Bytes20 infoHash = scrape.cursor();
    for (int i = 0; i < scrape.size(); i++) {
      infoHash.read(scrape.infoHashes(), i * Bytes20.BYTES);
      if (lists.permits(infoHash)) {
        store.scrape(infoHash, scrape, i);
      } else {
        scrape.figures(i, 0, 0, 0);
      }
    }
    counters.increment(TrackerCounter.SCRAPES);
    responder.scraped(scrape);
  }

  /**
   * Removes the peers that did not announce in time; for one thread of its own, once a minute.
   *
   * @param rest called every fraction of a millisecond, so that the caller can leave the processor
   *     to others for a while
   */
  public SweepResult sweep(Runnable rest) {
    SweepResult result = store.sweep(clock.minute(), policy.peerTimeoutMinutes(), rest);
    counters.add(TrackerCounter.PEERS_CLEANED, result.cleaned());
    counters.add(TrackerCounter.TORRENTS_FORGOTTEN, result.forgotten());
    return result;
  }

  private void refuse(AnnounceRequest request, AccessLists lists, AnnounceResponder responder) {
    if (lists.denies(request.infoHash())) {
      counters.increment(TrackerCounter.ANNOUNCES_REFUSED);
      counters.increment(TrackerCounter.DENIED);
      responder.refused(
          request, FailureReason.TORRENT_DENIED, lists.denialReason(request.infoHash()));
    } else {
      refuse(request, TrackerCounter.NOT_ALLOWED, FailureReason.TORRENT_NOT_ALLOWED, responder);
    }
  }

  private void refuse(
      AnnounceRequest request,
      TrackerCounter counter,
      FailureReason reason,
      AnnounceResponder responder) {
    counters.increment(TrackerCounter.ANNOUNCES_REFUSED);
    counters.increment(counter);
    responder.refused(request, reason, null);
  }

  private void count(AnnounceRequest request, AnnounceOutcome outcome) {
    counters.increment(TrackerCounter.ANNOUNCES);
    switch (request.event()) {
      case STARTED -> counters.increment(TrackerCounter.EVENTS_STARTED);
      case COMPLETED -> counters.increment(TrackerCounter.EVENTS_COMPLETED);
      case STOPPED -> counters.increment(TrackerCounter.EVENTS_STOPPED);
      case PAUSED -> counters.increment(TrackerCounter.EVENTS_PAUSED);
      case NONE -> {}
    }
    switch (outcome) {
      case ADDED -> counters.increment(TrackerCounter.PEERS_ADDED);
      case COMPLETED -> counters.increment(TrackerCounter.DOWNLOADS_COMPLETED);
      case REMOVED -> counters.increment(TrackerCounter.PEERS_STOPPED);
      case NOT_LISTED -> counters.increment(TrackerCounter.PEERS_NOT_LISTED);
      case UPDATED, UNKNOWN, TOO_MANY_TORRENTS, TOO_MANY_PORTS -> {}
    }
  }
}
