package io.trakx.netty.persistence;

import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;

/** Writes the samples that wait, a day's at most at a time. */
final class SampleWriter implements Job {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final int SAMPLES_A_PART = 24 * 60;

  private final SampleRing ring;
  private final IntSupplier writerId;

  SampleWriter(SampleRing ring, IntSupplier writerId) {
    this.ring = ring;
    this.writerId = writerId;
  }

  @Override
  public Duration run(Database database) {
    List<Sample> samples = ring.first(SAMPLES_A_PART);
    if (!samples.isEmpty()) {
      database.inTransaction(
          sql -> {
            SampleTable.write(sql, writerId.getAsInt(), samples);
            return samples.size();
          });
      // Fails before this: they are written again, which changes nothing.
      ring.remove(samples);
    }
    return ring.size() == 0 ? INTERVAL : Duration.ZERO;
  }
}
