package io.trakx.netty.scrape;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.http.FullScrape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Answers full scrapes from the files of a {@link FullScrapeCache}, piece by piece as the client
 * takes them. Event loops never wait for the disk. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it
public final class FileFullScrape implements FullScrape {
  private static final Logger log = LogManager.getLogger(FileFullScrape.class);
  private static final String CHUNKS = "full-scrape-chunks";

  private final FullScrapeCache cache;
  private final Counters counters;
  private final Executor reader;

  /**
   * @param reader opens and reads the files, which blocks; not the thread that makes them, which
   *     would keep whoever gets the last one waiting
   */
  public FileFullScrape(FullScrapeCache cache, Counters counters, Executor reader) {
    this.cache = cache;
    this.counters = counters;
    this.reader = reader;
  }

  @Override
  public void answer(Channel channel, boolean gzip) {
    cache
        .files()
        .thenApplyAsync(files -> open(gzip ? files.gzip() : files.plain(), channel), reader)
        .whenComplete(
            (content, problem) ->
                channel
                    .eventLoop()
                    .execute(
                        () -> {
                          if (content == null) {
                            log.warn("No full scrape: {}", String.valueOf(problem));
                            sendUnavailable(channel);
                          } else {
                            send(channel, content, gzip);
                          }
                        }));
  }

  private FilePieces open(Path path, Channel channel) {
    try {
      return FilePieces.open(path, channel, reader);
    } catch (IOException e) {
      throw new CompletionException("cannot open " + path, e);
    }
  }

  private void send(Channel channel, FilePieces content, boolean gzip) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    HttpHeaders headers = head.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, content.length());
    headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
    if (gzip) {
      headers.set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
    }
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get(CHUNKS) == null) {
      pipeline.addLast(CHUNKS, new ChunkedWriteHandler());
    }
    counters.increment(TrackerCounter.SCRAPES_FULL);
    channel.write(head, channel.voidPromise());
    channel
        .writeAndFlush(new HttpChunkedInput(content))
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  private static void sendUnavailable(Channel channel) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE, Unpooled.EMPTY_BUFFER);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    channel.writeAndFlush(response);
  }
}
