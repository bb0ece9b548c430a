package io.trakx.bench.load;

import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that running and filling share. */
final class LoadOptions {
  @Parameters(
      paramLabel = "URL",
      description = {
        "The tracker on this machine: http://127.0.0.1:1337/announce, udp://[::1]:1337. Addresses"
            + " off the loopback device are refused."
      })
  String url = "";

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "64",
      description = "Sockets, each with one request in flight (${DEFAULT-VALUE}).")
  int connections;

  @Option(
      names = "--swarms",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Different info-hashes (${DEFAULT-VALUE}).")
  int swarms;

  @Option(
      names = "--peers-per-swarm",
      paramLabel = "N",
      defaultValue = "80",
      description = "Different peers in each (${DEFAULT-VALUE}).")
  int peersPerSwarm;

  @Option(
      names = "--sources",
      paramLabel = "N",
      defaultValue = "64",
      description =
          "Different source addresses in 127.0.0.0/8 (${DEFAULT-VALUE}); over IPv6 there is but"
              + " ::1.")
  int sources;

  @Option(
      names = "--numwant",
      paramLabel = "N",
      defaultValue = "50",
      description = "Peers asked for (${DEFAULT-VALUE}).")
  int numwant;

  @Option(
      names = "--asker-may-be-given",
      description =
          "Do not take it for a fault that a peer is told of itself, as opentracker does.")
  boolean askerMayBeGiven;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "After this a request counts as lost (${DEFAULT-VALUE}).")
  double timeoutSeconds;

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      defaultValue = "0",
      description = "The tracker's process, to tell its processor time and memory.")
  long serverPid;

  @Option(names = "--json", description = "Print the report as JSON.")
  boolean json;

  Population population() {
    return new Population(swarms, peersPerSwarm, sources);
  }

  static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
