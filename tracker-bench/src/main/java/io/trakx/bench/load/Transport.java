package io.trakx.bench.load;

/** How requests reach the tracker and answers come back. Used by one thread. */
interface Transport extends AutoCloseable {
  /** Sends a slot's request. */
  void send(int slot, long nowNanos);

  /** Goes on with the socket that was added to the poller under {@code tag}. */
  void ready(int tag, boolean writable);

  /** Drops what a slot waits for. */
  void abandon(int slot);

  @Override
  void close();

  /** Hears of requests that are done. */
  interface Listener {
    void finished(int slot, Verdict verdict, int peers);
  }
}
