package io.trakx.netty.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.stats.ClientSoftware;
import io.trakx.core.stats.Protocol;
import io.trakx.core.stats.RequestAction;
import io.trakx.core.stats.RequestOutcome;
import io.trakx.core.stats.RequestStats;
import java.util.Locale;

/** Questions to the tracker, by all that tells them apart. */
public final class RequestMetrics implements MultiCollector {
  private static final String PROTOCOL = "protocol";
  private static final String ACTION = "action";
  private static final String REASON = "reason";

  private final RequestStats requests;

  public RequestMetrics(RequestStats requests) {
    this.requests = requests;
  }

  @Override
  public MetricSnapshots collect() {
    return MetricSnapshots.of(requests(), refusals(), clients(), durations());
  }

  private CounterSnapshot requests() {
    CounterSnapshot.Builder family =
        CounterSnapshot.builder()
            .name("trakx_requests")
            .help(
                "Requests by protocol, action, address family of the client, and outcome; what was"
                    + " dropped in silence or was no such request is not among them.");
    for (Protocol protocol : Protocol.values()) {
      for (RequestAction action : RequestAction.values()) {
        if (action.in(protocol)) {
          for (AddressFamily addresses : AddressFamily.values()) {
            addOutcomes(family, protocol, action, addresses);
          }
        }
      }
    }
    return family.build();
  }

  private void addOutcomes(
      CounterSnapshot.Builder family,
      Protocol protocol,
      RequestAction action,
      AddressFamily addresses) {
    for (RequestOutcome outcome : RequestOutcome.values()) {
      if (outcome.of(action)) {
        family.dataPoint(
            Samples.counted(
                requests.requests(protocol, action, addresses, outcome),
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

  private CounterSnapshot refusals() {
    CounterSnapshot.Builder family =
        CounterSnapshot.builder()
            .name("trakx_refusals")
            .help("Refused announces and scrapes by reason; malformed: cut short (UDP).");
    for (Protocol protocol : Protocol.values()) {
      for (FailureReason reason : FailureReason.values()) {
        family.dataPoint(
            Samples.counted(
                requests.refusals(protocol, reason),
                PROTOCOL,
                protocol.key(),
                REASON,
                key(reason)));
      }
      family.dataPoint(
          Samples.counted(
              requests.refusals(protocol, null), PROTOCOL, protocol.key(), REASON, "malformed"));
    }
    return family.build();
  }

  private CounterSnapshot clients() {
    CounterSnapshot.Builder family =
        CounterSnapshot.builder()
            .name("trakx_client_announces")
            .help("Answered announces by client software, as its peer ids claim.");
    for (ClientSoftware client : ClientSoftware.values()) {
      family.dataPoint(Samples.counted(requests.announces(client), "client", client.label()));
    }
    return family.build();
  }

  private HistogramSnapshot durations() {
    HistogramSnapshot.Builder family =
        HistogramSnapshot.builder()
            .name("trakx_request_duration_seconds")
            .unit(Unit.SECONDS)
            .help(
                "How long announces and scrapes took from being recognised until their answer lay"
                    + " ready to be sent; one in 256 is timed.");
    for (Protocol protocol : Protocol.values()) {
      for (RequestAction action : RequestAction.values()) {
        if (action != RequestAction.CONNECT) {
          family.dataPoint(
              Samples.durations(
                  requests.durations(protocol, action),
                  PROTOCOL,
                  protocol.key(),
                  ACTION,
                  action.key()));
        }
      }
    }
    return family.build();
  }

  private static String key(Enum<?> entry) {
    return entry.name().toLowerCase(Locale.ROOT);
  }
}
