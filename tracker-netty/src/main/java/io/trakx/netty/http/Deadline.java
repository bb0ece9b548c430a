package io.trakx.netty.http;

import org.jspecify.annotations.Nullable;

/**
 * What an open connection waits for, and since when: its node in the lists of a {@link
 * ConnectionReaper}, which calls it on its event loop.
 */
abstract class Deadline {
  /** What a connection waits for; each has its own patience. */
  enum Kind {
    /** The rest of a request, or the first one. */
    REQUEST,
    /** The next request. */
    IDLE,
    /** The tracker, or a page. */
    ANSWER,
    /** The client to take what was written. */
    WRITE,
    /** The client to close after an answer that refused the rest of what it was sending. */
    LINGER
  }

  Kind kind = Kind.REQUEST;
  long sinceNanos;
  @Nullable Deadline previous;
  @Nullable Deadline next;

  /** The patience is over, and has just begun anew in case the connection is to live on. */
  abstract void expired();

  /**
   * Too much waits for slow clients: what waits for this one is to be dropped with its connection.
   *
   * @param evenIfTaking whether even if the client has taken some of it since the waiting began
   */
  abstract void shed(boolean evenIfTaking);

  /** The server stops: the connection closes if nothing is under way. */
  abstract void stopping();

  /** The server's grace is over: the connection closes; tells whether a request was under way. */
  abstract boolean cut();
}
