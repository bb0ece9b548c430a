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
import java.util.function.Consumer;

/**
 * A small page handler: says method and target of each request. {@code /later} is answered from a
 * later turn of the event loop, {@code /never} not at all, {@code /endless} without a length,
 * {@code /large} with {@link #LARGE_BYTES}; {@code /held} as much when the test wants it.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class TestPages extends ChannelInboundHandlerAdapter {
  /** More than the system takes for a client that reads nothing. */
  static final int LARGE_BYTES = 16 << 20;

  private final Consumer<Runnable> held;

  TestPages() {
    this(Runnable::run);
  }

  /**
   * @param held takes what answers {@code /held}, to be run on any thread
   */
  TestPages(Consumer<Runnable> held) {
    this.held = held;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request) {
      String text = request.method() + " " + request.uri();
      if (request.uri().equals("/large") || request.uri().equals("/held")) {
        text = "x".repeat(LARGE_BYTES);
      }
      String answer = text;
      if (request.uri().equals("/held")) {
        held.accept(() -> ctx.executor().execute(() -> answer(ctx, answer)));
      } else if (request.uri().startsWith("/later")) {
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
