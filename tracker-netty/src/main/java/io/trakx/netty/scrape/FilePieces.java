package io.trakx.netty.scrape;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A file for a {@link ChunkedWriteHandler}, which is never kept waiting by the disk: pieces are
 * read by another thread, one ahead of what the client takes, and transfer rests until one is here.
 *
 * <p>Used on the channel's event loop, but where said.
 */
final class FilePieces implements ChunkedInput<ByteBuf> {
  private static final int PIECE_BYTES = 64 << 10;

  private final FileChannel file;
  private final long length;
  private final Channel channel;
  private final Executor reader;
  private @Nullable ByteBuf next;
  private @Nullable IOException failure;
  private boolean reading;
  private boolean closed;
  private long taken;

  private FilePieces(FileChannel file, long length, Channel channel, Executor reader) {
    this.file = file;
    this.length = length;
    this.channel = channel;
    this.reader = reader;
  }

  /**
   * Opens a file, which may block.
   *
   * @param channel where its pieces go
   * @param reader reads them, which may block
   */
  static FilePieces open(Path path, Channel channel, Executor reader) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new FilePieces(file, file.size(), channel, reader);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Returns the next piece, or null if transfer must rest until it is here. */
  @Override
  public @Nullable ByteBuf readChunk(ByteBufAllocator allocator) throws IOException {
    if (failure != null) {
      throw failure;
    }
    ByteBuf piece = next;
    next = null;
    if (piece != null) {
      taken += piece.readableBytes();
    }
    if (!reading && !isEndOfInput()) {
      readAhead(allocator);
    }
    return piece;
  }

  private void readAhead(ByteBufAllocator allocator) throws IOException {
    int bytes = (int) Math.min(PIECE_BYTES, length - taken);
    ByteBuf piece = allocator.directBuffer(bytes);
    try {
      reader.execute(() -> read(piece, bytes));
      reading = true;
    } catch (RejectedExecutionException e) {
      piece.release();
      throw new IOException("nobody reads any more", e);
    }
  }

  /** Called on the reader's thread. */
  private void read(ByteBuf piece, int bytes) {
    @Nullable IOException problem = null;
    try {
      while (piece.readableBytes() < bytes) {
        if (piece.writeBytes(file, bytes - piece.readableBytes()) < 0) {
          throw new EOFException("a full scrape became shorter while it was read");
        }
      }
    } catch (IOException e) {
      problem = e;
    }
    handOver(piece, problem);
  }

  private void handOver(ByteBuf piece, @Nullable IOException problem) {
    try {
      channel.eventLoop().execute(() -> arrived(piece, problem));
    } catch (RejectedExecutionException e) {
      piece.release(); // the event loop has ended, and its channels with it
    }
  }

  private void arrived(ByteBuf piece, @Nullable IOException problem) {
    reading = false;
    if (closed || problem != null) {
      piece.release();
      failure = problem;
    } else {
      next = piece;
    }
    ChunkedWriteHandler writer = channel.pipeline().get(ChunkedWriteHandler.class);
    if (writer != null && !closed) {
      writer.resumeTransfer();
    }
  }

  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // its deprecation is Netty's
  public @Nullable ByteBuf readChunk(ChannelHandlerContext ctx) throws IOException {
    return readChunk(ctx.alloc());
  }

  @Override
  public boolean isEndOfInput() {
    return taken == length;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public long progress() {
    return taken;
  }

  /** A piece being read meanwhile is dropped when it comes. */
  @Override
  public void close() throws IOException {
    closed = true;
    if (next != null) {
      next.release();
      next = null;
    }
    file.close();
  }
}
