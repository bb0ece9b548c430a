package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.trakx.core.protocol.FailureReason;
import io.trakx.netty.transport.AckedBytes;
import org.jspecify.annotations.Nullable;

/**
 * What one connection sends: answers are collected in one buffer and flushed together. Used on its
 * event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails to be written is told to the channel
final class ConnectionOutput {
  /** Answers are flushed at this size at the latest, to see whether the client takes any. */
  static final int MAX_COLLECTED_BYTES = 64 << 10;

  private final ChannelHandlerContext ctx;
  private final HttpWorker worker;
  private final AnswerWriter writer;
  private final Deadline deadline;

  /** What the worker was last told of what waits here. */
  private long accounted;

  private @Nullable ByteBuf answers;

  /**
   * @param deadline the connection's
   */
  ConnectionOutput(ChannelHandlerContext ctx, HttpWorker worker, Deadline deadline) {
    this.ctx = ctx;
    this.worker = worker;
    this.writer = worker.answers();
    this.deadline = deadline;
  }

  void failure(ConnectionOption option, FailureReason reason) {
    collect(writer.failure(answers, ctx.alloc(), option, reason, null));
  }

  void headOnly(ConnectionOption option) {
    collect(writer.headOnly(answers, ctx.alloc(), option));
  }

  void error(ConnectionOption option, HttpError error) {
    collect(writer.error(answers, ctx.alloc(), option, error));
  }

  void answer(ConnectionOption option, TrackerExchange exchange) {
    collect(exchange.write(writer, answers, ctx.alloc(), option));
  }

  /** Sends bytes of an answer that was written elsewhere. */
  void send(ByteBuf bytes) {
    collect(ctx.alloc().directBuffer(bytes.readableBytes()).writeBytes(bytes));
  }

  private void collect(ByteBuf buffer) {
    answers = buffer;
    if (buffer.readableBytes() >= MAX_COLLECTED_BYTES) {
      flush();
    }
  }

  /** Sends what was collected. */
  void flush() {
    ByteBuf buffer = answers;
    if (buffer != null) {
      answers = null;
      ctx.writeAndFlush(buffer, ctx.voidPromise());
    }
  }

  /** Calls {@code listener} when all that was flushed so far has gone to the system. */
  void whenFlushed(GenericFutureListener<? extends Future<? super Void>> listener) {
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(listener);
  }

  /** Whether all that was flushed has gone to the system. */
  boolean flushed() {
    ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
    return buffer == null || buffer.isEmpty();
  }

  /** A figure that changes when the client takes bytes; costs a system call. */
  long progress() {
    long acked = AckedBytes.of(ctx.channel());
    return acked == AckedBytes.UNKNOWN ? progressIntoSystem() : acked;
  }

  /** The same for bytes that the system takes, which may be many at a time, and rarely. */
  private long progressIntoSystem() {
    ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.currentProgress() - buffer.totalPendingWriteBytes();
  }

  /** Tells the worker how much waits for the client now, which may have others cut off. */
  void account() {
    ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
    long bytes = buffer == null ? 0 : buffer.totalPendingWriteBytes();
    if (bytes != accounted) {
      accountFor(bytes);
    }
  }

  private void accountFor(long bytes) {
    long before = accounted;
    accounted = bytes;
    worker.unsent().add(bytes - before, deadline);
  }

  /** How many bytes waited for the client when that was last looked at. */
  long accounted() {
    return accounted;
  }

  /** Drops what was collected, the connection being closed. */
  void release() {
    accountFor(0);
    if (answers != null) {
      answers.release();
      answers = null;
    }
  }
}
