package io.trakx.netty.web;

import java.time.Duration;
import java.util.function.ToLongFunction;

/** Something that is charted over time. */
enum Figure {
  SEEDERS("seeders", Kind.HELD, HistorySample::seeders),
  LEECHERS("leechers", Kind.HELD, HistorySample::leechers),
  PEERS("peers", Kind.HELD, sample -> sample.seeders() + sample.leechers()),
  TORRENTS("torrents", Kind.HELD, HistorySample::torrents),
  ADDRESSES("unique_addresses", Kind.HELD, HistorySample::addresses),
  ANNOUNCES("announces_per_second", Kind.COUNTED, HistorySample::announces),
  SCRAPES("scrapes_per_second", Kind.COUNTED, HistorySample::scrapes),
  ERRORS("errors_per_second", Kind.COUNTED, HistorySample::errors),
  HEAP("heap_bytes", Kind.PERHAPS_HELD, HistorySample::heapBytes),
  RESIDENT("resident_bytes", Kind.PERHAPS_HELD, HistorySample::residentBytes);

  /** How samples become one. */
  private enum Kind {
    /** What there is on average. */
    HELD,
    /** The same, where 0 says that nobody knows. */
    PERHAPS_HELD,
    /** What happens, by the second. */
    COUNTED
  }

  private final String key;
  private final Kind kind;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
  private final ToLongFunction<HistorySample> value;

  Figure(String key, Kind kind, ToLongFunction<HistorySample> value) {
    this.key = key;
    this.kind = kind;
    this.value = value;
  }

  /** Its name in JSON. */
  String key() {
    return key;
  }

  /** Whether it has fractions that matter. */
  boolean rate() {
    return kind == Kind.COUNTED;
  }

  /** What a sample adds to the sum of several. */
  double amount(HistorySample sample) {
    long amount = value.applyAsLong(sample);
    return rate() ? amount : (double) amount * sample.length().toSeconds();
  }

  /** For how long that is known, in seconds. */
  long weight(HistorySample sample) {
    Duration known =
        kind == Kind.PERHAPS_HELD && value.applyAsLong(sample) == 0
            ? Duration.ZERO
            : sample.length();
    return known.toSeconds();
  }
}
