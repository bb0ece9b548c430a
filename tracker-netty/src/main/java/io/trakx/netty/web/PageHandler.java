package io.trakx.netty.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for pages, behind Netty's HTTP codec; bodies are ignored.
 *
 * <p>Whoever installs it decides about the connection: it writes one full response to each request
 * and closes nothing.
 */
@Sharable
public final class PageHandler extends SimpleChannelInboundHandler<HttpObject> {
  /** What may stand in a host with port; anything else is not shown back to anybody. */
  private static final Pattern AUTHORITY =
      Pattern.compile("[A-Za-z0-9.-]{1,253}(:\\d{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:\\d{1,5})?");

  private final Pages pages;

  public PageHandler(Pages pages) {
    this.pages = pages;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
    if (message instanceof HttpRequest request) {
      FullHttpResponse response = answer(ctx, request);
      HttpUtil.setContentLength(response, response.content().readableBytes());
      if (request.method().equals(HttpMethod.HEAD)) {
        response.content().clear();
      }
      var _ = ctx.writeAndFlush(response);
    }
  }

  private FullHttpResponse answer(ChannelHandlerContext ctx, HttpRequest request) {
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      FullHttpResponse refusal =
          response(HttpResponseStatus.METHOD_NOT_ALLOWED, Unpooled.EMPTY_BUFFER);
      refusal.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
      return refusal;
    }
    return switch (path(request.uri())) {
      case "/", "/index.html" -> html(HttpResponseStatus.OK, pages.index(authority(ctx, request)));
      // Every browser asks for it: an empty answer, and one to remember.
      case "/favicon.ico" -> {
        FullHttpResponse none = response(HttpResponseStatus.NOT_FOUND, Unpooled.EMPTY_BUFFER);
        none.headers().set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=86400");
        yield none;
      }
      default -> html(HttpResponseStatus.NOT_FOUND, pages.notFound());
    };
  }

  private static String path(String uri) {
    int end = 0;
    while (end < uri.length() && uri.charAt(end) != '?' && uri.charAt(end) != '#') {
      end++;
    }
    return uri.substring(0, end);
  }

  /** What the browser calls us, or, if it says nothing usable, the address it came to. */
  private static String authority(ChannelHandlerContext ctx, HttpRequest request) {
    @Nullable String host = request.headers().get(HttpHeaderNames.HOST);
    if (host != null && AUTHORITY.matcher(host).matches()) {
      return host;
    }
    if (ctx.channel().localAddress() instanceof InetSocketAddress local) {
      String address = local.getAddress().getHostAddress();
      return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + local.getPort();
    }
    return "localhost";
  }

  private static FullHttpResponse html(HttpResponseStatus status, String page) {
    FullHttpResponse response = response(status, Unpooled.copiedBuffer(page, UTF_8));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, Pages.POLICY)
        .set("referrer-policy", "no-referrer");
    return response;
  }

  private static FullHttpResponse response(HttpResponseStatus status, ByteBuf body) {
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response.headers().set("x-content-type-options", "nosniff");
    return response;
  }
}
