package io.trakx.bench.load;

import java.util.List;

/** The trackers that are compared. */
enum TrackerKind {
  TRAKX("Trakx"),
  OPENTRACKER("opentracker");

  private final String label;

  TrackerKind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Whether it is slower at first than later. */
  boolean compiledAsItRuns() {
    return this == TRAKX;
  }

  /** What the load must be told of it. */
  List<String> loadOptions() {
    return this == OPENTRACKER ? List.of("--asker-may-be-given") : List.of();
  }
}
