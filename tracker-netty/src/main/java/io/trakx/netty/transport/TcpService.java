package io.trakx.netty.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

/** What is served over TCP at one address. */
public interface TcpService extends Listener {
  /** What takes the connections of one event loop; asked once a loop. */
  Opener opener(EventLoop loop);

  /** What takes the connections that one event loop accepted; called on that loop. */
  interface Opener {
    /**
     * May answer a connection that no event loop knows yet, where the transport offers it.
     *
     * @return true if nothing is left to do for now, and the connection is closed unless {@link
     *     FreshConnection#keep} was called; false to have it opened with {@link #open}, called next
     *     on the same thread
     */
    default boolean serve(FreshConnection connection) {
      return false;
    }

    /**
     * Takes a connection, just accepted or kept so far, and builds its pipeline; it is registered
     * afterwards.
     *
     * @return false to close it at once
     */
    boolean open(Channel connection);

    /** Accepting failed, such as for want of file descriptors, and pauses for a second. */
    void acceptFailed(Throwable cause);
  }
}
