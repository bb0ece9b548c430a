package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.trakx.core.stats.TrackerCounter;
import java.util.List;

/**
 * First handler of a connection that begins with a {@link ProxyHeader}: takes it off, tells it as
 * an event to the handlers behind, and leaves the pipeline. Whatever follows the header reaches
 * them untouched, and so does all that came if there is no sound header.
 *
 * <p>It knows no time: those behind it wait for a first request, and close if none comes.
 */
final class ProxyHeaderHandler extends ByteToMessageDecoder {
  private final HttpWorker worker;
  private final ProxyHeader header = new ProxyHeader();

  ProxyHeaderHandler(HttpWorker worker) {
    this.worker = worker;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    byte[] scratch = worker.scratch();
    int length = Math.min(in.readableBytes(), ProxyHeader.MAX_BYTES);
    in.getBytes(in.readerIndex(), scratch, 0, length);
    int used = header.parse(scratch, 0, length);
    if (used == ProxyHeader.INCOMPLETE) {
      return;
    }
    if (used == ProxyHeader.BROKEN) {
      worker.count(TrackerCounter.HTTP_PROXY_HEADER_BAD);
    } else {
      in.skipBytes(used);
    }
    ctx.fireUserEventTriggered(header);
    ctx.pipeline().remove(this);
  }
}
