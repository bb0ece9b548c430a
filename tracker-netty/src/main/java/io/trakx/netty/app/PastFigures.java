package io.trakx.netty.app;

import io.trakx.netty.persistence.DatabaseException;
import io.trakx.netty.persistence.History;
import io.trakx.netty.persistence.Resolution;
import io.trakx.netty.persistence.Sample;
import io.trakx.netty.web.HistorySample;
import io.trakx.netty.web.HistorySource;
import io.trakx.netty.web.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The tracker's past for its pages, out of the samples that are kept. */
final class PastFigures implements HistorySource {
  private static final Logger LOG = LogManager.getLogger(PastFigures.class);

  private final History history;

  PastFigures(History history) {
    this.history = history;
  }

  @Override
  public boolean lasting() {
    return history.lasting();
  }

  @Override
  public Optional<List<HistorySample>> read(Range range, Instant now) {
    Resolution wanted =
        range.sampled().compareTo(Resolution.HOUR.length()) < 0
            ? Resolution.MINUTE
            : Resolution.HOUR;
    Resolution kept = history.resolution(wanted);
    Instant from = now.minus(range.length());
    try {
      return Optional.of(
          history.read(kept, from, now).stream()
              .map(sample -> convert(sample, kept.length(), now))
              .toList());
    } catch (DatabaseException e) {
      // Whoever writes to the database says at length that it is away.
      LOG.debug("the history cannot be read: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static HistorySample convert(Sample sample, Duration length, Instant now) {
    // An hour that has not ended has counted for as long as it lasts.
    Duration sofar = Duration.between(sample.begins(), now);
    Duration counted = sofar.compareTo(length) < 0 ? sofar : length;
    Duration least = Resolution.MINUTE.length();
    return new HistorySample(
        sample.begins(),
        counted.compareTo(least) < 0 ? least : counted,
        sample.seeders(),
        sample.leechers(),
        sample.swarms(),
        sample.uniqueAddresses(),
        sample.announces(),
        sample.scrapes(),
        sample.errors(),
        sample.memory().heapBytes(),
        sample.memory().residentBytes());
  }
}
