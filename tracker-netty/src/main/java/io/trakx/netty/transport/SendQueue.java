package io.trakx.netty.transport;

import io.netty.channel.unix.FileDescriptor;
import java.util.ArrayDeque;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers on their way out of a UDP socket, in order, a batch a system call. Used on the socket's
 * event loop only.
 */
final class SendQueue implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger(SendQueue.class);

  private final FileDescriptor socket;
  private final DatagramService service;
  private final MessageVector vector;
  private final ArrayDeque<DatagramReply> waiting = new ArrayDeque<>();

  /** What the vector holds, of which the kernel has taken what comes before {@link #from}. */
  private final @Nullable DatagramReply[] batch =
      new @Nullable DatagramReply[DatagramOptions.BATCH];

  private int from;
  private int to;

  /**
   * @param service is told of answers that cannot be sent
   * @param vector with room for a batch; closed with the queue
   */
  SendQueue(FileDescriptor socket, DatagramService service, MessageVector vector) {
    this.socket = socket;
    this.service = service;
    this.vector = vector;
  }

  void add(DatagramReply reply) {
    waiting.addLast(reply);
  }

  /**
   * Sends what waits.
   *
   * @return whether nothing waits any more; if not, the kernel has no room
   */
  boolean flush() {
    while (from < to || load()) {
      int sent = vector.send(socket.intValue(), from, to - from);
      if (sent > 0) {
        done(sent);
      } else if (sent == -MessageVector.EAGAIN) {
        return false;
      } else if (sent != -MessageVector.EINTR) {
        LOG.debug("a UDP answer was not sent: errno {}", -sent);
        service.sendFailed();
        done(1);
      }
    }
    return true;
  }

  /** Takes up the next batch, if anything waits. */
  private boolean load() {
    from = 0;
    to = 0;
    while (to < batch.length) {
      DatagramReply reply = waiting.pollFirst();
      if (reply == null) {
        break;
      }
      vector.buffer(to, reply.address(), reply.content().readableBytes());
      vector.recipient(to, reply.asker());
      batch[to++] = reply;
    }
    return to > 0;
  }

  private void done(int count) {
    for (int end = from + count; from < end; from++) {
      DatagramReply reply = batch[from];
      batch[from] = null;
      if (reply != null) {
        reply.release();
      }
    }
  }

  /** Gives back what waits, unsent. */
  @Override
  public void close() {
    done(to - from);
    waiting.forEach(DatagramReply::release);
    waiting.clear();
    vector.close();
  }
}
