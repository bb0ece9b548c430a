package io.trakx.netty.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jooq.DSLContext;

/**
 * Writes the samples that wait, a day's at most at a time.
 *
 * <p>There may be one of the same minute: an earlier process of this tracker ended in it, or it
 * comes again because the system's clock was set back. What was counted then is added to what is
 * there.
 */
final class SampleWriter implements Job {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final int SAMPLES_A_PART = 24 * 60;

  private final SampleRing ring;
  private final IntSupplier writerId;

  /** What is there of the minutes under way, as it was before those were first written. */
  private final Map<Instant, Optional<Sample>> before = new HashMap<>();

  private Instant latest = Instant.MIN;
  private boolean asked;

  SampleWriter(SampleRing ring, IntSupplier writerId) {
    this.ring = ring;
    this.writerId = writerId;
  }

  @Override
  public void reached(Database database) {
    if (!asked) {
      latest = SampleTable.latestMinute(database.sql(), writerId.getAsInt()).orElse(Instant.MIN);
      asked = true;
    }
  }

  @Override
  public Duration run(Database database) {
    List<Sample> samples = ring.first(SAMPLES_A_PART);
    if (!samples.isEmpty()) {
      write(database, samples);
      // Fails before this: they are written again, which changes nothing.
      ring.remove(samples);
      before.clear();
      Instant written = samples.getLast().begins();
      latest = written.isAfter(latest) ? written : latest;
    }
    return ring.size() == 0 ? INTERVAL : Duration.ZERO;
  }

  /** Writes samples that are in the ring, perhaps not for the first time. */
  void write(Database database, List<Sample> samples) {
    database.inTransaction(
        sql -> {
          List<Sample> whole = samples.stream().map(sample -> whole(sql, sample)).toList();
          SampleTable.write(sql, writerId.getAsInt(), whole);
          return samples.size();
        });
  }

  private Sample whole(DSLContext sql, Sample sample) {
    if (sample.begins().isAfter(latest)) {
      return sample;
    }
    return before
        .computeIfAbsent(
            sample.begins(), begins -> SampleTable.minute(sql, writerId.getAsInt(), begins))
        .map(sample::with)
        .orElse(sample);
  }
}
