package io.trakx.netty.web;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.stats.ClientSoftware;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.Protocol;
import io.trakx.core.stats.RequestAction;
import io.trakx.core.stats.RequestOutcome;
import io.trakx.core.stats.RequestStats;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreTotals;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the tracker holds now and has counted since its start, as {@code /stats} and {@code
 * /stats.json} tell it.
 *
 * @param time when it was looked at
 * @param uptimeSeconds how long the tracker has been running
 * @param held what is in the store
 * @param requests by protocol, action and address family
 * @param events answered announces by event, in the order of a download's life
 * @param clients answered announces by client software
 * @param refusals by protocol and reason
 * @param largestSwarms those with the most peers; empty: none is to be named, or none is known
 */
public record Statistics(
    Instant time,
    long uptimeSeconds,
    StoreTotals held,
    List<Requests> requests,
    SequencedMap<String, Long> events,
    SequencedMap<String, Long> clients,
    List<Refusals> refusals,
    List<LargeSwarm> largestSwarms) {

  /** Requests of one kind. */
  public record Requests(
      Protocol protocol, RequestAction action, AddressFamily family, long answered, long refused) {}

  /**
   * Requests refused for one reason.
   *
   * @param reason its name in JSON
   * @param text the reason in words
   */
  public record Refusals(Protocol protocol, String reason, String text, long count) {}

  /**
   * Where it is taken from; nothing of it walks over the store.
   *
   * @param totals what the store holds
   * @param counters what was counted
   * @param largestSwarms as they were found last
   * @param uptimeSeconds how long the tracker has been running
   * @param clock tells the time of day
   */
  public record Source(
      Supplier<StoreTotals> totals,
      Counters counters,
      Supplier<List<LargeSwarm>> largestSwarms,
      LongSupplier uptimeSeconds,
      InstantSource clock) {

    Statistics now() {
      return new Statistics(
          clock.instant(),
          uptimeSeconds.getAsLong(),
          totals.get(),
          requestCounts(),
          events(),
          clients(),
          refusals(),
          largestSwarms.get());
    }

    private List<Requests> requestCounts() {
      RequestStats stats = counters.requests();
      List<Requests> all = new ArrayList<>();
      for (Protocol protocol : Protocol.values()) {
        for (RequestAction action : RequestAction.values()) {
          for (AddressFamily family : AddressFamily.values()) {
            if (action.in(protocol)) {
              all.add(
                  new Requests(
                      protocol,
                      action,
                      family,
                      stats.requests(protocol, action, family, RequestOutcome.ANSWERED),
                      stats.requests(protocol, action, family, RequestOutcome.REFUSED)));
            }
          }
        }
      }
      return List.copyOf(all);
    }

    private SequencedMap<String, Long> events() {
      SequencedMap<String, Long> events = new LinkedHashMap<>();
      events.put("started", counters.get(TrackerCounter.EVENTS_STARTED));
      events.put("completed", counters.get(TrackerCounter.EVENTS_COMPLETED));
      events.put("stopped", counters.get(TrackerCounter.EVENTS_STOPPED));
      events.put("paused", counters.get(TrackerCounter.EVENTS_PAUSED));
      long told = events.values().stream().mapToLong(Long::longValue).sum();
      // The counters are read one after the other, while they grow.
      events.put("none", Math.max(0, counters.get(TrackerCounter.ANNOUNCES) - told));
      return events;
    }

    private SequencedMap<String, Long> clients() {
      SequencedMap<String, Long> clients = new LinkedHashMap<>();
      for (ClientSoftware client : ClientSoftware.values()) {
        clients.put(client.label(), counters.requests().announces(client));
      }
      return clients;
    }

    private List<Refusals> refusals() {
      List<Refusals> all = new ArrayList<>();
      for (Protocol protocol : Protocol.values()) {
        for (FailureReason reason : FailureReason.values()) {
          all.add(refusals(protocol, Statistics.key(reason), reason.text(), reason));
        }
        all.add(refusals(protocol, "malformed", "the request was cut short", null));
      }
      return List.copyOf(all);
    }

    private Refusals refusals(
        Protocol protocol, String key, String text, @Nullable FailureReason reason) {
      return new Refusals(protocol, key, text, counters.requests().refusals(protocol, reason));
    }
  }

  /** An enum's entry as JSON has it. */
  static String key(Enum<?> entry) {
    return entry.name().toLowerCase(Locale.ROOT);
  }
}
