package io.trakx.netty.persistence;

import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the samples that wait, a day's at most at a time.
 *
 * <p>An earlier process of this tracker may have ended in the minute in which this one has its
 * first sample: that minute's is then made of both.
 */
final class SampleWriter implements Job {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final int SAMPLES_A_PART = 24 * 60;

  private final SampleRing ring;
  private final IntSupplier writerId;
  private @Nullable Sample before;
  private boolean asked;

  SampleWriter(SampleRing ring, IntSupplier writerId) {
    this.ring = ring;
    this.writerId = writerId;
  }

  @Override
  public void reached(Database database) {
    if (!asked) {
      before = SampleTable.last(database.sql(), writerId.getAsInt());
      asked = true;
    }
  }

  @Override
  public Duration run(Database database) {
    List<Sample> samples = ring.first(SAMPLES_A_PART);
    if (!samples.isEmpty()) {
      database.inTransaction(
          sql -> {
            List<Sample> whole = samples.stream().map(this::whole).toList();
            SampleTable.write(sql, writerId.getAsInt(), whole);
            return samples.size();
          });
      // Fails before this: they are written again, which changes nothing.
      ring.remove(samples);
    }
    return ring.size() == 0 ? INTERVAL : Duration.ZERO;
  }

  private Sample whole(Sample sample) {
    Sample earlier = before;
    return earlier != null && earlier.begins().equals(sample.begins())
        ? sample.with(earlier)
        : sample;
  }
}
