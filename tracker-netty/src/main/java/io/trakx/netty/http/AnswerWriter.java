package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.Scrape;
import io.trakx.netty.bencode.BencodeWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole answers, head and body, one behind the other into one buffer for one flush.
 *
 * <p>Every method takes the buffer with the answers so far, or null, and returns the buffer with
 * its own answer behind them. One an event loop.
 */
final class AnswerWriter {
  private final BencodeWriter bencode = new BencodeWriter();
  private final int scrapeMinIntervalSeconds;

  AnswerWriter(HttpOptions options) {
    this.scrapeMinIntervalSeconds = (int) options.scrapeMinInterval().toSeconds();
  }

  ByteBuf announce(
      @Nullable ByteBuf answers,
      ByteBufAllocator allocator,
      ConnectionOption connection,
      AnnounceRequest request,
      AnnounceResponse response) {
    int length = bencode.announceLength(request, response);
    ByteBuf out = head(answers, allocator, connection, length);
    bencode.writeAnnounce(out, request, response);
    return out;
  }

  ByteBuf failure(
      @Nullable ByteBuf answers,
      ByteBufAllocator allocator,
      ConnectionOption connection,
      FailureReason reason,
      @Nullable String detail) {
    int length = bencode.failureLength(reason, detail);
    ByteBuf out = head(answers, allocator, connection, length);
    bencode.writeFailure(out, reason, detail);
    return out;
  }

  ByteBuf scrape(
      @Nullable ByteBuf answers,
      ByteBufAllocator allocator,
      ConnectionOption connection,
      Scrape scrape) {
    int length = bencode.scrapeLength(scrape, scrapeMinIntervalSeconds);
    ByteBuf out = head(answers, allocator, connection, length);
    bencode.writeScrape(out, scrape, scrapeMinIntervalSeconds);
    return out;
  }

  /** The answer to HEAD, which asks nothing of the tracker. */
  ByteBuf headOnly(
      @Nullable ByteBuf answers, ByteBufAllocator allocator, ConnectionOption connection) {
    ByteBuf out = room(answers, allocator, ResponseHead.length(connection, 0));
    ResponseHead.write(out, connection, 0);
    return out;
  }

  ByteBuf error(
      @Nullable ByteBuf answers,
      ByteBufAllocator allocator,
      ConnectionOption connection,
      HttpError error) {
    ByteBuf out = room(answers, allocator, error.length(connection, true));
    error.write(out, connection, true);
    return out;
  }

  private static ByteBuf head(
      @Nullable ByteBuf answers,
      ByteBufAllocator allocator,
      ConnectionOption connection,
      int contentLength) {
    int length = ResponseHead.length(connection, contentLength) + contentLength;
    ByteBuf out = room(answers, allocator, length);
    ResponseHead.write(out, connection, contentLength);
    return out;
  }

  private static ByteBuf room(@Nullable ByteBuf answers, ByteBufAllocator allocator, int length) {
    return answers == null ? allocator.directBuffer(length) : answers.ensureWritable(length);
  }
}
