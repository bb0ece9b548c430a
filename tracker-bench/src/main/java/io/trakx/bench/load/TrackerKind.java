package io.trakx.bench.load;

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
}
