package io.trakx.bench.load;

import java.util.List;

/** The loads that trackers are compared under. */
enum Workload {
  HTTP_CLOSE("HTTP, new connection per announce", false),
  HTTP_KEEP_ALIVE("HTTP keep-alive", false),
  UDP("UDP announce", true),
  /** Nothing is pinned: server and generator, a thread for each core, share all cores. */
  HTTP_CLOSE_ALL_CORES("HTTP, new connection per announce, all cores for both", false),
  HTTP_CLOSE_FIXED_RATE("HTTP, fixed rate", false),
  UDP_FIXED_RATE("UDP, fixed rate", true);

  private final String label;
  private final boolean udp;

  Workload(String label, boolean udp) {
    this.label = label;
    this.udp = udp;
  }

  String label() {
    return label;
  }

  boolean udp() {
    return udp;
  }

  /** Whether tracker and generator have no cores of their own. */
  boolean sharesCores() {
    return this == HTTP_CLOSE_ALL_CORES;
  }

  /** What tells the generator of it. */
  List<String> options() {
    return switch (this) {
      case HTTP_KEEP_ALIVE -> List.of("--keep-alive");
      case HTTP_CLOSE_ALL_CORES ->
          List.of("--threads=" + Runtime.getRuntime().availableProcessors());
      default -> List.of();
    };
  }

  /** opentracker closes every HTTP connection after its answer. */
  boolean runsOn(TrackerKind kind) {
    return this != HTTP_KEEP_ALIVE || kind == TrackerKind.TRAKX;
  }
}
