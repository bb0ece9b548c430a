package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;

/** Heads of answers with status 200 and a text body; signatures only. Thread-safe. */
public final class ResponseHead {
  private ResponseHead() {}

  /** Bytes that {@link #write} writes. */
  public static int length(ConnectionOption connection, int contentLength) {
    throw new UnsupportedOperationException();
  }

  /** Writes status line and headers, blank line included. */
  public static void write(ByteBuf out, ConnectionOption connection, int contentLength) {
    throw new UnsupportedOperationException();
  }
}
