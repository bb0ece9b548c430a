package io.trakx.netty.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;
import static io.netty.handler.codec.http.HttpHeaderValues.KEEP_ALIVE;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Stands between Netty's HTTP codec and the page handler: sees that a page says the right thing
 * about the connection, and tells the connection when the page has been written.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it and is told to it
final class PageRelay extends ChannelDuplexHandler {
  private static final String CODEC = "codec";
  private static final String RELAY = "relay";
  private static final String PAGES = "pages";

  private final CurrentRequest request;
  private @Nullable FullScrape fullScrape;
  private boolean gzip;
  private boolean keepAlive;
  private boolean http10;

  PageRelay(CurrentRequest request) {
    this.request = request;
  }

  /** Puts codec, relay and page handler behind the connection's handler. */
  static PageRelay install(ChannelHandlerContext first, CurrentRequest request, HttpWorker worker) {
    int limit = worker.options().maxRequestBytes();
    HttpDecoderConfig config =
        new HttpDecoderConfig().setMaxInitialLineLength(limit).setMaxHeaderSize(limit);
    PageRelay relay = new PageRelay(request);
    first.pipeline().addLast(CODEC, new HttpServerCodec(config));
    first.pipeline().addLast(RELAY, relay);
    first.pipeline().addLast(PAGES, worker.newPageHandler());
    return relay;
  }

  /**
   * Prepares for one request.
   *
   * @param hook who answers it, or null for the page handler
   * @param gzip whether the client takes a compressed body
   * @param option what the answer is to say about the connection
   */
  void begin(@Nullable FullScrape hook, boolean gzip, ConnectionOption option) {
    this.fullScrape = hook;
    this.gzip = gzip;
    this.keepAlive = option != ConnectionOption.CLOSE;
    this.http10 = option == ConnectionOption.KEEP_ALIVE;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest head && head.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      request.pageRefused();
    } else if (fullScrape != null) {
      boolean begins = message instanceof HttpRequest;
      ReferenceCountUtil.release(message);
      if (begins) {
        fullScrape.answer(ctx.channel(), gzip);
      }
    } else {
      ctx.fireChannelRead(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response
        && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      keepAlive &= HttpUtil.isKeepAlive(response) && delimited(response);
      if (!keepAlive) {
        response.headers().set(CONNECTION, CLOSE);
      } else if (http10) {
        response.headers().set(CONNECTION, KEEP_ALIVE);
      }
    }
    if (message instanceof LastHttpContent) {
      ctx.write(message, promise.unvoid())
          .addListener(written -> request.pageAnswered(written.isSuccess() && keepAlive));
    } else {
      ctx.write(message, promise);
    }
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    ctx.flush();
    request.pageFlushed();
  }

  /** Whether the client can tell where the body ends without the connection's end. */
  private static boolean delimited(HttpResponse response) {
    return HttpUtil.isContentLengthSet(response)
        || HttpUtil.isTransferEncodingChunked(response)
        || response.status().code() == 204
        || response.status().code() == 304;
  }
}
