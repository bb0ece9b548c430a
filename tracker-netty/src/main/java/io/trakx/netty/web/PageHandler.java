package io.trakx.netty.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.ssl.SslHandler;
import io.trakx.netty.web.Site.Page;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for pages, behind Netty's HTTP codec; bodies are ignored.
 *
 * <p>Whoever installs it decides about the connection, and has one request at a time answered: it
 * writes one full response to each request, at once or later, and closes nothing.
 */
@Sharable
public final class PageHandler extends SimpleChannelInboundHandler<HttpObject> {
  /** Files of the program itself and nothing else, and no embedding elsewhere. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Every browser asks for it, unless told of another icon. */
  private static final String FAVICON = "/favicon.ico";

  /** What may stand in a host with port; anything else is not shown back to anybody. */
  private static final Pattern AUTHORITY =
      Pattern.compile("[A-Za-z0-9.-]{1,253}(:\\d{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:\\d{1,5})?");

  private static final Pattern GZIP =
      Pattern.compile(
          "(?i)(?:^|,)\\s*(?:x-)?gzip\\s*(?:;\\s*q=(?:1(?:\\.0*)?|0\\.0*[1-9]\\d*)\\s*)?(?:,|$)");

  private final Site site;
  private final HostNames hosts;

  /**
   * @param nanoClock a monotonic time in nanoseconds
   */
  public PageHandler(Site site, LongSupplier nanoClock) {
    this.site = site;
    this.hosts = new HostNames(nanoClock);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
    if (message instanceof HttpRequest request) {
      HttpMethod method = request.method();
      if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
        FullHttpResponse refusal =
            response(HttpResponseStatus.METHOD_NOT_ALLOWED, Unpooled.EMPTY_BUFFER);
        refusal.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
        send(ctx, refusal, false);
        return;
      }
      // The request is gone when a later turn of the event loop answers it.
      Asked asked = Asked.of(request);
      QueryStringDecoder uri = new QueryStringDecoder(request.uri());
      if (uri.rawPath().equals(FAVICON)) {
        send(ctx, favicon(), asked.head);
        return;
      }
      CompletableFuture<Body> body = body(ctx, request, uri, asked.gzip);
      if (body.isDone()) {
        answer(ctx, asked, body);
      } else {
        var _ = body.whenCompleteAsync((_, _) -> answer(ctx, asked, body), ctx.executor());
      }
    }
  }

  /**
   * How something is asked for.
   *
   * @param head whether without the body
   * @param gzip whether compressed
   * @param knownTags entity tags of what the client has
   */
  private record Asked(boolean head, boolean gzip, String knownTags) {
    static Asked of(HttpRequest request) {
      return new Asked(
          request.method().equals(HttpMethod.HEAD),
          GZIP.matcher(header(request, HttpHeaderNames.ACCEPT_ENCODING)).find(),
          header(request, HttpHeaderNames.IF_NONE_MATCH));
    }

    private static String header(HttpRequest request, CharSequence name) {
      return request.headers().get(name, "");
    }
  }

  /** What is asked for. */
  private CompletableFuture<Body> body(
      ChannelHandlerContext ctx, HttpRequest request, QueryStringDecoder uri, boolean gzip) {
    String path = uri.rawPath();
    return switch (path) {
      case "/", "/index.html" ->
          site.get(
              new Page.Index(
                  authority(ctx, request),
                  ctx.pipeline().get(SslHandler.class) != null,
                  range(uri).orElse(Range.DAY)),
              gzip);
      case "/stats" -> site.get(Page.Plain.STATS, gzip);
      case "/stats.json" -> site.get(Page.Plain.STATS_JSON, gzip);
      case "/history.json" ->
          site.get(range(uri).<Page>map(Page.History::new).orElse(Page.Plain.NOT_FOUND), gzip);
      default ->
          path.startsWith(Assets.PREFIX)
              ? site.file(path, gzip)
              : site.get(Page.Plain.NOT_FOUND, gzip);
    };
  }

  /** The range that is asked for; a day if none is, and nothing if there is no such range. */
  private static Optional<Range> range(QueryStringDecoder uri) {
    List<String> named;
    try {
      named = uri.parameters().get("range");
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return named == null ? Optional.of(Range.DAY) : Range.of(named.getFirst());
  }

  /**
   * What the browser calls us, or, if it says nothing usable or too many say something else, the
   * address it came to.
   */
  private String authority(ChannelHandlerContext ctx, HttpRequest request) {
    @Nullable String host = request.headers().get(HttpHeaderNames.HOST);
    if (host != null && AUTHORITY.matcher(host).matches() && hosts.admit(host)) {
      return host;
    }
    if (ctx.channel().localAddress() instanceof InetSocketAddress local) {
      String address = local.getAddress().getHostAddress();
      return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + local.getPort();
    }
    return "localhost";
  }

  private static void answer(ChannelHandlerContext ctx, Asked asked, CompletableFuture<Body> body) {
    if (body.isCompletedExceptionally()) {
      send(
          ctx, response(HttpResponseStatus.SERVICE_UNAVAILABLE, Unpooled.EMPTY_BUFFER), asked.head);
      return;
    }
    send(ctx, response(asked, body.join()), asked.head);
  }

  private static FullHttpResponse response(Asked asked, Body body) {
    String tag = "\"" + body.tag() + "\"";
    boolean known = !body.tag().isEmpty() && asked.knownTags.contains(tag);
    ByteBuf content = known ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body.bytes());
    HttpResponseStatus status =
        known ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.valueOf(body.status());
    FullHttpResponse response = response(status, content);
    response
        .headers()
        .set(HttpHeaderNames.CACHE_CONTROL, body.cacheControl())
        .set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
    if (!body.tag().isEmpty()) {
      response.headers().set(HttpHeaderNames.ETAG, tag);
    }
    if (!known) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, body.contentType());
      if (body.gzip()) {
        response.headers().set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
      }
    }
    return response;
  }

  private static FullHttpResponse favicon() {
    FullHttpResponse none = response(HttpResponseStatus.NOT_FOUND, Unpooled.EMPTY_BUFFER);
    none.headers().set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=86400");
    return none;
  }

  private static FullHttpResponse response(HttpResponseStatus status, ByteBuf body) {
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response
        .headers()
        .set("x-content-type-options", "nosniff")
        .set("referrer-policy", "no-referrer")
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY);
    return response;
  }

  private static void send(ChannelHandlerContext ctx, FullHttpResponse response, boolean head) {
    if (response.status().code() != HttpResponseStatus.NOT_MODIFIED.code()) {
      HttpUtil.setContentLength(response, response.content().readableBytes());
    }
    if (head) {
      response.content().clear();
    }
    var _ = ctx.writeAndFlush(response);
  }
}
