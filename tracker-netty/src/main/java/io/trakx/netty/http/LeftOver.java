package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What a connection's channel begins with, where {@link OneShot} has been at the connection before.
 *
 * @param bytes on the heap, so that nothing is lost with a connection that never opens
 * @param answered true if they are the rest of the connection's last answer, to be sent; false if
 *     they came from the client, to be read
 */
record LeftOver(ByteBuf bytes, boolean answered) {
  /** For a connection that nobody has been at. */
  static final LeftOver NONE = new LeftOver(Unpooled.EMPTY_BUFFER, false);
}
