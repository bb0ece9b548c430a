package io.trakx.netty.snapshot;

import io.trakx.core.swarm.PendingCompletions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a snapshot at a start. */
public sealed interface RestoredSnapshot {
  /** There was none. */
  record Absent() implements RestoredSnapshot {}

  /**
   * All of it was read.
   *
   * @param writer the tracker that wrote it
   * @param age how long ago that was, 0 or more
   * @param swarms what came of its swarms
   * @param pending completed downloads that had not reached the database of {@code writer}
   */
  record Complete(UUID writer, Duration age, SwarmCounts swarms, PendingCompletions pending)
      implements RestoredSnapshot {}

  /**
   * It could not be read, or not to its end, and was set aside.
   *
   * @param reason what is wrong with it, as a clause
   * @param aside its new name; null if it could not be renamed
   * @param swarms what came of its swarms as far as it was sound
   */
  record SetAside(String reason, @Nullable Path aside, SwarmCounts swarms)
      implements RestoredSnapshot {}

  /**
   * What came of a snapshot's swarms.
   *
   * @param peers listed
   * @param torrents that became known
   * @param tooOld peers left out since they had not been seen for too long
   * @param refused peers left out at a limit
   */
  record SwarmCounts(long peers, long torrents, long tooOld, long refused) {}
}
