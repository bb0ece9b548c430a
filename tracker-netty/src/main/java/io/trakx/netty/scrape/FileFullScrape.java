package io.trakx.netty.scrape;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
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
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.http.FullScrape;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Answers full scrapes from the files of a {@link FullScrapeCache}, piece by piece as the client
 * takes them. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it
public final class FileFullScrape implements FullScrape {
  private static final Logger log = LogManager.getLogger(FileFullScrape.class);
  private static final String CHUNKS = "full-scrape-chunks";

  private final FullScrapeCache cache;
  private final Counters counters;

  public FileFullScrape(FullScrapeCache cache, Counters counters) {
    this.cache = cache;
    this.counters = counters;
  }

  @Override
  public void answer(Channel channel, boolean gzip) {
    cache
        .files()
        .whenComplete(
            (files, problem) ->
                channel
                    .eventLoop()
                    .execute(
                        () -> {
                          if (files == null) {
                            log.warn("No full scrape: {}", String.valueOf(problem));
                            sendUnavailable(channel);
                          } else {
                            send(channel, gzip ? files.gzip() : files.plain(), gzip);
                          }
                        }));
  }

  private void send(Channel channel, Path path, boolean gzip) {
    FileChannel file;
    ChunkedNioFile content;
    long length;
    try {
      file = FileChannel.open(path, StandardOpenOption.READ);
      length = file.size();
      content = new ChunkedNioFile(file);
    } catch (IOException e) {
      log.warn("No full scrape: {}", e.toString());
      sendUnavailable(channel);
      return;
    }
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    HttpHeaders headers = head.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
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
    channel.writeAndFlush(new HttpChunkedInput(content));
  }

  private static void sendUnavailable(Channel channel) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE, Unpooled.EMPTY_BUFFER);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    channel.writeAndFlush(response);
  }
}
