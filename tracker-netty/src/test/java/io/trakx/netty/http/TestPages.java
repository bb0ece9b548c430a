package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * A small page handler: says method and target of each request. {@code /later} is answered from a
 * later turn of the event loop, {@code /never} not at all, {@code /endless} without a length,
 * {@code /large} with {@link #LARGE_BYTES}.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class TestPages extends ChannelInboundHandlerAdapter {
  /** More than the system takes for a client that reads nothing. */
  static final int LARGE_BYTES = 16 << 20;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request) {
      String text = request.method() + " " + request.uri();
      if (request.uri().equals("/large")) {
        text = "x".repeat(LARGE_BYTES);
      }
      String answer = text;
      if (request.uri().startsWith("/later")) {
        ctx.executor().schedule(() -> answer(ctx, answer), 1, TimeUnit.MILLISECONDS);
      } else if (!request.uri().startsWith("/never")) {
        answer(ctx, answer);
      }
    }
    ReferenceCountUtil.release(message);
  }

  private static void answer(ChannelHandlerContext ctx, String text) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.copiedBuffer(text, ISO_8859_1));
    if (!text.contains("/endless")) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.length());
    }
    ctx.writeAndFlush(response);
  }
}
