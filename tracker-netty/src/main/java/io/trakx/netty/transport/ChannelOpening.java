package io.trakx.netty.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.trakx.netty.transport.TcpService.Opener;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Makes channels of connections that were served on their sockets so far. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it and is told to it
final class ChannelOpening {
  private static final Logger LOG = LogManager.getLogger(ChannelOpening.class);

  private ChannelOpening() {}

  /**
   * Has a channel opened, or closes the descriptor.
   *
   * @param loop the event loop that this is called on
   * @return whether {@code opener} was asked; it is not if the client has reset the connection
   */
  static boolean open(EventLoop loop, Opener opener, int fd) {
    EpollSocketChannel channel = new EpollSocketChannel(fd);
    boolean asked = false;
    boolean taken = false;
    try {
      channel.config().setTcpCork(false);
      // One that the client has reset would never be told that it is closed.
      if (channel.isActive()) {
        asked = true;
        if (opener.open(channel)) {
          loop.register(channel);
          taken = true;
        }
      }
    } catch (RuntimeException | Error e) {
      LOG.error("closing a connection after an error that is not its client's", e);
    } finally {
      if (!taken) {
        channel.unsafe().closeForcibly();
      }
    }
    return asked;
  }
}
