package io.trakx.bench.load;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An epoll instance: tells which of the sockets added to it can be read or written. */
final class Poller implements Events, AutoCloseable {
  static final ValueLayout.OfLong UNALIGNED_LONG = JAVA_LONG_UNALIGNED;
  private static final int MOST_EVENTS = 256;

  private final Linux linux;
  private final int epoll;
  private final MemorySegment events;

  Poller(Linux linux) {
    this.linux = linux;
    epoll = Linux.must("epoll_create1", linux.epollCreate());
    events = linux.allocate(MOST_EVENTS * Linux.EVENT_BYTES);
  }

  /** Watches a socket until it is closed; {@code tag} comes back with its events. */
  void add(int socket, int interest, long tag) {
    Linux.must("epoll_ctl", linux.epollControl(epoll, Linux.EPOLL_CTL_ADD, socket, interest, tag));
  }

  /** Watches a socket added before for something else. */
  void change(int socket, int interest, long tag) {
    Linux.must("epoll_ctl", linux.epollControl(epoll, Linux.EPOLL_CTL_MOD, socket, interest, tag));
  }

  @Override
  public int await(int timeoutMillis) {
    int ready = linux.epollWait(epoll, events, MOST_EVENTS, timeoutMillis);
    return ready == -Linux.EINTR ? 0 : Linux.must("epoll_wait", ready);
  }

  @Override
  public long tag(int event) {
    return events.get(UNALIGNED_LONG, event * Linux.EVENT_BYTES + Linux.EVENT_DATA);
  }

  @Override
  public boolean writable(int event) {
    return (events.get(ValueLayout.JAVA_INT_UNALIGNED, event * Linux.EVENT_BYTES) & Linux.EPOLLOUT)
        != 0;
  }

  @Override
  public void close() {
    linux.close(epoll);
  }
}
