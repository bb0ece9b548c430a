package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;
import io.trakx.core.stats.TrackerCounter;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of one connection into requests, and hands each to the dispatcher.
 *
 * <p>Bytes are decoded from the event loop's array straight after a read. What is not a whole
 * request, or must wait for the answer to the one before, is kept and decoded from there later.
 * Used on its event loop only.
 */
final class RequestReader {
  private final HttpConnection connection;
  private final HttpWorker worker;
  private final byte @Nullable [] clientAddressHeader;
  private final Cumulation pending = new Cumulation();

  /** How many bytes at the beginning of {@link #pending} are known to be no whole request. */
  private int seenBytes;

  private boolean decoding;

  /**
   * @param clientAddressHeader where a proxy names the client of each request; null: nowhere
   */
  RequestReader(
      HttpConnection connection, HttpWorker worker, byte @Nullable [] clientAddressHeader) {
    this.connection = connection;
    this.worker = worker;
    this.clientAddressHeader = clientAddressHeader;
  }

  /** Whether no byte waits. */
  boolean isEmpty() {
    return pending.isEmpty();
  }

  void clear() {
    pending.clear();
  }

  /** Takes all of {@code in}, and handles the requests in it unless the connection is blocked. */
  void read(ByteBuf in) {
    byte[] scratch = worker.scratch();
    int length = in.readableBytes();
    if (pending.isEmpty() && length <= scratch.length && !connection.blocked()) {
      in.readBytes(scratch, 0, length);
      int used = decode(scratch, 0, length);
      if (used < length && connection.open()) {
        pending.append(scratch, used, length);
      }
    } else {
      pending.append(in);
      readPending();
    }
  }

  /** Goes on with the bytes that waited. */
  void readPending() {
    if (pending.isEmpty() || decoding) {
      return;
    }
    int used = decode(pending.bytes(), pending.from(), pending.to());
    if (connection.open()) {
      pending.discard(used);
    } else {
      pending.clear();
    }
  }

  /** Whether a request is being handled right now, somewhere below on the stack. */
  boolean decoding() {
    return decoding;
  }

  /** Handles whole requests until one is not whole or must wait; returns the bytes they took. */
  private int decode(byte[] buffer, int from, int to) {
    RequestHead head = worker.head();
    head.clientAddressHeader(connection.remote().proxied() ? clientAddressHeader : null);
    int at = from;
    decoding = true;
    try {
      while (at < to && !connection.blocked()) {
        int length = head.parse(buffer, at, to, seenBytes);
        if (length == RequestHead.MALFORMED) {
          worker.count(TrackerCounter.HTTP_MALFORMED);
          connection.request().refuse(HttpError.BAD_REQUEST);
        } else if (tooLarge(length, to - at)) {
          worker.count(TrackerCounter.HTTP_TOO_LARGE);
          connection
              .request()
              .refuse(
                  RequestHead.requestLineEnded(buffer, at, to)
                      ? HttpError.HEADERS_TOO_LARGE
                      : HttpError.URI_TOO_LONG);
        } else if (length == RequestHead.INCOMPLETE) {
          seenBytes = to - at;
          break;
        } else {
          seenBytes = 0;
          worker.dispatcher().dispatch(connection, buffer, at, at + length);
          at += length;
        }
      }
    } finally {
      decoding = false;
    }
    if (at < to && !connection.open()) {
      connection.linger();
    }
    return at - from;
  }

  private boolean tooLarge(int length, int available) {
    int limit = worker.options().maxRequestBytes();
    return length > limit || (length == RequestHead.INCOMPLETE && available >= limit);
  }
}
