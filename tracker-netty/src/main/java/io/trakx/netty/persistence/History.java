package io.trakx.netty.persistence;

import java.time.Instant;
import java.util.List;

/** The samples of this tracker, to read. Thread-safe; may block as long as a database does. */
public interface History {
  /** Whether they outlive the process. */
  boolean lasting();

  /** The resolution in which there are samples where {@code wanted} is. */
  Resolution resolution(Resolution wanted);

  /**
   * The samples that begin in a span of time, the earliest first.
   *
   * @param resolution one that there is
   * @throws DatabaseException if they cannot be read now
   */
  List<Sample> read(Resolution resolution, Instant from, Instant until) throws DatabaseException;
}
