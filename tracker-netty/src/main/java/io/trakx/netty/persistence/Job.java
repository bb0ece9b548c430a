package io.trakx.netty.persistence;

import java.time.Duration;

/** Something that is done with the database now and then, always by the same thread. */
interface Job {
  /** The database was reached, for the first time or again. */
  default void reached(Database database) throws DatabaseException {}

  /**
   * Does a part of the work, of some seconds at most, so that others get their turn.
   *
   * @return when to go on; zero for as soon as others had theirs
   */
  Duration run(Database database) throws DatabaseException;
}
