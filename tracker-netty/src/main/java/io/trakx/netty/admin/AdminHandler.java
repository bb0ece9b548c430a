package io.trakx.netty.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.trakx.netty.metrics.Metrics;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Answers what is asked on the metrics port. */
@Sharable
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LogManager.getLogger(AdminHandler.class);
  private static final String JSON = "application/json; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String ENDPOINTS =
      "no such page; there are /debug/vars, /metrics, /healthz and /readyz\n";
  private static final int USUAL_BYTES = 64 << 10;
  private static final Set<String> PATHS = Set.of("/debug/vars", "/metrics", "/healthz", "/readyz");

  private final DebugVars vars;
  private final Metrics metrics;
  private final Readiness readiness;

  AdminHandler(DebugVars vars, Metrics metrics, Readiness readiness) {
    this.vars = vars;
    this.metrics = metrics;
    this.readiness = readiness;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request)
      throws IOException {
    FullHttpResponse response = answer(ctx.alloc(), request);
    boolean keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    HttpUtil.setContentLength(response, response.content().readableBytes());
    HttpUtil.setKeepAlive(response, keepAlive);
    if (request.method().equals(HttpMethod.HEAD)) {
      response.content().clear();
    }
    var written = ctx.writeAndFlush(response);
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private FullHttpResponse answer(ByteBufAllocator buffers, FullHttpRequest request)
      throws IOException {
    if (!request.decoderResult().isSuccess()) {
      return response(HttpResponseStatus.BAD_REQUEST, TEXT, "bad request\n");
    }
    String path = path(request.uri());
    if (PATHS.contains(path)
        && !request.method().equals(HttpMethod.GET)
        && !request.method().equals(HttpMethod.HEAD)) {
      FullHttpResponse refusal =
          response(HttpResponseStatus.METHOD_NOT_ALLOWED, TEXT, "only GET and HEAD\n");
      refusal.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
      return refusal;
    }
    return switch (path) {
      case "/debug/vars" -> vars(buffers);
      case "/metrics" -> metrics(buffers, request);
      case "/healthz" -> response(HttpResponseStatus.OK, TEXT, "alive\n");
      case "/readyz" -> {
        Readiness.Report report = readiness.report();
        yield response(
            report.ready() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
            JSON,
            report.json());
      }
      default -> response(HttpResponseStatus.NOT_FOUND, TEXT, ENDPOINTS);
    };
  }

  private FullHttpResponse vars(ByteBufAllocator buffers) throws IOException {
    return written(
        buffers,
        body -> {
          vars.write(body);
          return JSON;
        });
  }

  /** In the format that is asked for. */
  private FullHttpResponse metrics(ByteBufAllocator buffers, FullHttpRequest request)
      throws IOException {
    String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
    FullHttpResponse response = written(buffers, body -> metrics.write(accept, body));
    response.headers().set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT);
    return response;
  }

  /** Writes a body and tells its content type. */
  @FunctionalInterface
  private interface Writer {
    String write(OutputStream body) throws IOException;
  }

  /**
   * A long body goes straight into a buffer of the event loop's own: who asks once a second finds
   * none of it in the processor's caches, so that each further copy would cost as much as the
   * first.
   */
  private static FullHttpResponse written(ByteBufAllocator buffers, Writer writer)
      throws IOException {
    ByteBuf body = buffers.directBuffer(USUAL_BYTES);
    try (OutputStream out = new ByteBufOutputStream(body)) {
      String type = writer.write(out);
      return response(HttpResponseStatus.OK, type, body.retain());
    } finally {
      body.release();
    }
  }

  private static String path(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private static FullHttpResponse response(HttpResponseStatus status, String type, String body) {
    return response(status, type, Unpooled.copiedBuffer(body, UTF_8));
  }

  private static FullHttpResponse response(HttpResponseStatus status, String type, ByteBuf body) {
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set("x-content-type-options", "nosniff");
    return response;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("metrics connection failed", cause);
    var _ = ctx.close();
  }
}
