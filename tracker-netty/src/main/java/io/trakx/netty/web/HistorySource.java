package io.trakx.netty.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the pages have the tracker's past from. */
public interface HistorySource {
  /**
   * The samples of a range up to {@code now}, the earliest first, or nothing if they cannot be had
   * at present. May block: it is asked on a thread of its own, and seldom.
   */
  Optional<List<HistorySample>> read(Range range, Instant now);

  /** Whether the past outlives the process. */
  boolean lasting();
}
