package io.trakx.netty.persistence;

import io.trakx.core.stats.Counters;
import io.trakx.core.swarm.StoreTotals;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * The samples of a tracker without a database: of each minute of the last week, as long as the
 * process lives.
 */
public final class MemoryHistory implements History, AutoCloseable {
  private final SampleRing samples = new SampleRing();
  private final Sampling sampling;

  /**
   * Puts it together; nothing happens before {@link #start}.
   *
   * @param totals asked for a sample each minute
   * @param memory asked likewise
   */
  public MemoryHistory(
      Supplier<StoreTotals> totals, Supplier<MemoryUse> memory, Counters counters, Clock clock) {
    sampling = new Sampling(new Sampler(totals, memory, counters, samples, clock), clock);
  }

  /** Begins to take samples. */
  public void start() {
    sampling.start();
  }

  @Override
  public boolean lasting() {
    return false;
  }

  @Override
  public Resolution resolution(Resolution wanted) {
    return Resolution.MINUTE;
  }

  @Override
  public List<Sample> read(Resolution resolution, Instant from, Instant until) {
    return samples.first(SampleRing.CAPACITY).stream()
        .filter(sample -> !sample.begins().isBefore(from) && sample.begins().isBefore(until))
        .toList();
  }

  @Override
  public void close() {
    sampling.close();
  }
}
