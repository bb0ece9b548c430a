package io.trakx.netty.http;

import org.jspecify.annotations.Nullable;

/** What an open connection waits for, and since when: its node in the lists of its reaper. */
final class Deadline {
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

  /** Told on its event loop that the patience is over; must close or change its kind. */
  interface Owner {
    void expired(Kind kind);

    /** The server stops: closes if nothing is under way. */
    void stopping();

    /** The server's grace is over: closes, and tells whether a request was under way. */
    boolean cut();
  }

  final Owner owner;
  Kind kind = Kind.REQUEST;
  long sinceNanos;
  @Nullable Deadline previous;
  @Nullable Deadline next;

  Deadline(Owner owner) {
    this.owner = owner;
  }
}
