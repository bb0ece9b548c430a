package io.trakx.netty.web;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.swarm.StoreTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The statistics as tables for people. */
final class StatsPage {
  private final WebOptions options;
  private final Frame frame;

  StatsPage(WebOptions options, Frame frame) {
    this.options = options;
    this.frame = frame;
  }

  String write(Statistics stats) {
    StringBuilder main = new StringBuilder();
    main.append(
        """
        <h1>Statistics</h1>
        <p class="lead">What the tracker holds now, and what it has counted since it started, %s ago. \
        The same for programs: <a href="/stats.json">stats.json</a></p>
        <div class="tables">
        """
            .formatted(duration(stats.uptimeSeconds())));
    main.append(held(stats.held())).append(requests(stats)).append(events(stats));
    main.append(clients(stats)).append(refusals(stats));
    main.append("</div>\n");
    if (options.largestSwarms() > 0) {
      main.append(swarms(stats));
    }
    return frame.page(Frame.Place.STATISTICS, "Statistics", false, main.toString());
  }

  private static String held(StoreTotals held) {
    Table table =
        new Table("held", "Peers by address family", "Family", "Seeders", "Leechers", "Peers");
    table.row(
        "IPv4", held.seedersIpv4(), held.leechersIpv4(), held.seedersIpv4() + held.leechersIpv4());
    table.row(
        "IPv6", held.seedersIpv6(), held.leechersIpv6(), held.seedersIpv6() + held.leechersIpv6());
    table.row("Both", held.seeders(), held.leechers(), held.peers());
    return table.html(
        "Torrents with peers: %s. Unique addresses: %s."
            .formatted(Frame.number(held.swarms()), Frame.number(held.uniqueAddresses())));
  }

  private static String requests(Statistics stats) {
    Table table =
        new Table(
            "requests",
            "Requests by protocol and address family",
            "Request",
            "Answered",
            "Refused");
    for (Statistics.Requests requests : stats.requests()) {
      table.row(
          "%s %s, %s"
              .formatted(
                  requests.protocol().name(), requests.action().key(), name(requests.family())),
          requests.answered(),
          requests.refused());
    }
    return table.html("");
  }

  private static String events(Statistics stats) {
    Table table = new Table("events", "Announces by event", "Event", "Announces");
    stats.events().forEach(table::row);
    return table.html("");
  }

  private static String clients(Statistics stats) {
    Table table = new Table("clients", "Announces by client software", "Client", "Announces");
    List<Map.Entry<String, Long>> seen = new ArrayList<>(stats.clients().entrySet());
    seen.removeIf(client -> client.getValue() == 0);
    seen.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    seen.forEach(client -> table.row(client.getKey(), client.getValue()));
    return table.html("As peer ids claim; who claims to be a client need not be it.");
  }

  private static String refusals(Statistics stats) {
    Table table = new Table("refusals", "Refusals by reason", "Reason", "Requests");
    stats.refusals().stream()
        .filter(refusals -> refusals.count() > 0)
        .sorted(Comparator.comparingLong(Statistics.Refusals::count).reversed())
        .forEach(
            refusals ->
                table.row(refusals.protocol().name() + ": " + refusals.text(), refusals.count()));
    return table.html("");
  }

  private static String swarms(Statistics stats) {
    Table table =
        new Table("swarms", "Largest swarms", "Info-hash", "Seeders", "Leechers", "Completed");
    for (LargeSwarm swarm : stats.largestSwarms()) {
      table.row(swarm.infoHash(), swarm.seeders(), swarm.leechers(), swarm.completed());
    }
    return table.html("As of some minutes ago at most.");
  }

  private static String name(AddressFamily family) {
    return family == AddressFamily.IPV4 ? "IPv4" : "IPv6";
  }

  private static String duration(long seconds) {
    Duration time = Duration.ofSeconds(seconds);
    if (time.toDays() > 0) {
      return "%d d %d h".formatted(time.toDays(), time.toHoursPart());
    }
    return time.toHours() > 0
        ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
        : "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
