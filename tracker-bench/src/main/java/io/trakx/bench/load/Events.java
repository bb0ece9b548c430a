package io.trakx.bench.load;

/** Tells which sockets have something to say. */
interface Events {
  /** Waits for events and returns how many there are; 0 after the time or an interruption. */
  int await(int timeoutMillis);

  /** The tag of the event with a number below what {@link #await} returned. */
  long tag(int event);

  /** Whether that event says that the socket can be written (or failed). */
  boolean writable(int event);
}
