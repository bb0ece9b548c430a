package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What a connection's channel begins with, where {@link BareRequests} has been at the connection
 * before. Its bytes are on the heap, so that nothing is lost with a connection that never opens.
 *
 * @param answers what is yet to be sent
 * @param requests what was received and not answered yet
 * @param last whether {@code answers} end with the last one of the connection
 * @param idle what the connection was before; null: it was not kept, and is not counted as open
 */
record LeftOver(ByteBuf answers, ByteBuf requests, boolean last, @Nullable IdleConnection idle) {
  /** For a connection that nobody has been at. */
  static final LeftOver NONE =
      new LeftOver(Unpooled.EMPTY_BUFFER, Unpooled.EMPTY_BUFFER, false, null);

  /** Whether a request has been taken, and the connection counted with it. */
  boolean begun() {
    return last || idle != null;
  }
}
