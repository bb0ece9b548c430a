package io.trakx.netty.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.stats.ClientSoftware;
import io.trakx.core.stats.Protocol;
import io.trakx.core.stats.RequestAction;
import io.trakx.core.stats.RequestOutcome;
import io.trakx.core.stats.RequestStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Questions to the tracker, by all that tells them apart. */
public final class RequestMetrics implements MultiCollector {
  private static final String PROTOCOL = "protocol";
  private static final String ACTION = "action";
  private static final String REASON = "reason";

  private final RequestStats requests;
  private final Families<RequestStats> families =
      new Families<>(List.of(requests(), refusals(), clients(), durations()));

  public RequestMetrics(RequestStats requests) {
    this.requests = requests;
  }

  @Override
  public MetricSnapshots collect() {
    return families.read(requests);
  }

  private static Family<RequestStats> requests() {
    List<Sample<RequestStats, CounterDataPointSnapshot>> samples = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      for (RequestAction action : RequestAction.values()) {
        if (action.in(protocol)) {
          for (AddressFamily addresses : AddressFamily.values()) {
            addOutcomes(samples, protocol, action, addresses);
          }
        }
      }
    }
    return Family.counter(
        "trakx_requests",
        "Requests by protocol, action, address family of the client, and outcome; what was"
            + " dropped in silence or was no such request is not among them.",
        samples);
  }

  private static void addOutcomes(
      List<Sample<RequestStats, CounterDataPointSnapshot>> samples,
      Protocol protocol,
      RequestAction action,
      AddressFamily addresses) {
    for (RequestOutcome outcome : RequestOutcome.values()) {
      if (outcome.of(action)) {
        samples.add(
            Sample.counted(
                source -> source.requests(protocol, action, addresses, outcome),
                PROTOCOL,
                protocol.key(),
                ACTION,
                action.key(),
                "family",
                key(addresses),
                "outcome",
                outcome.key()));
      }
    }
  }

  private static Family<RequestStats> refusals() {
    List<Sample<RequestStats, CounterDataPointSnapshot>> samples = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      for (FailureReason reason : FailureReason.values()) {
        samples.add(
            Sample.counted(
                source -> source.refusals(protocol, reason),
                PROTOCOL,
                protocol.key(),
                REASON,
                key(reason)));
      }
      samples.add(
          Sample.counted(
              source -> source.refusals(protocol, null),
              PROTOCOL,
              protocol.key(),
              REASON,
              "malformed"));
    }
    return Family.counter(
        "trakx_refusals",
        "Refused announces and scrapes by reason; malformed: cut short (UDP).",
        samples);
  }

  private static Family<RequestStats> clients() {
    List<Sample<RequestStats, CounterDataPointSnapshot>> samples = new ArrayList<>();
    for (ClientSoftware client : ClientSoftware.values()) {
      samples.add(Sample.counted(source -> source.announces(client), "client", client.label()));
    }
    return Family.counter(
        "trakx_client_announces",
        "Answered announces by client software, as its peer ids claim.",
        samples);
  }

  private static Family<RequestStats> durations() {
    List<Sample<RequestStats, HistogramDataPointSnapshot>> samples = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      for (RequestAction action : RequestAction.values()) {
        if (action != RequestAction.CONNECT) {
          samples.add(
              Sample.timed(
                  source -> source.durations(protocol, action),
                  PROTOCOL,
                  protocol.key(),
                  ACTION,
                  action.key()));
        }
      }
    }
    return Family.histogram(
        "trakx_request_duration_seconds",
        "How long announces and scrapes took from being recognised until their answer lay"
            + " ready to be sent; one in 256 is timed.",
        samples);
  }

  private static String key(Enum<?> entry) {
    return entry.name().toLowerCase(Locale.ROOT);
  }
}
