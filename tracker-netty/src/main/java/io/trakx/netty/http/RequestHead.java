package io.trakx.netty.http;

import org.jspecify.annotations.Nullable;

/** One HTTP request head, read from a plain byte array; signatures only. */
public final class RequestHead {
  /** {@link #parse}: more bytes are needed. */
  public static final int INCOMPLETE = 0;

  /** {@link #parse}: this is not HTTP/1.x. */
  public static final int MALFORMED = -1;

  /** The most lines of the client address header that a head may have. */
  public static final int MAX_FORWARDED_LINES = 8;

  /** Sets which header names the client behind a proxy, in lower case; null: none does. */
  public void clientAddressHeader(byte @Nullable [] lowerCaseName) {
    throw new UnsupportedOperationException();
  }

  /** Reads a head from {@code from} on: bytes consumed, INCOMPLETE or MALFORMED. */
  public int parse(byte[] buffer, int from, int to) {
    return parse(buffer, from, to, 0);
  }

  /**
   * As above, knowing that the first {@code seen} bytes after {@code from} were INCOMPLETE before:
   * cheap until another line has ended. The caller keeps {@code seen} per connection.
   */
  public int parse(byte[] buffer, int from, int to, int seen) {
    throw new UnsupportedOperationException();
  }

  /** Whether the request line has ended: tells 431 (it has) from 414 when a head is too long. */
  public static boolean requestLineEnded(byte[] buffer, int from, int to) {
    throw new UnsupportedOperationException();
  }

  public HttpVerb method() {
    throw new UnsupportedOperationException();
  }

  public Route route() {
    throw new UnsupportedOperationException();
  }

  public int queryFrom() {
    throw new UnsupportedOperationException();
  }

  public int queryTo() {
    throw new UnsupportedOperationException();
  }

  public boolean keepAlive() {
    throw new UnsupportedOperationException();
  }

  public boolean http10() {
    throw new UnsupportedOperationException();
  }

  public boolean hasBody() {
    throw new UnsupportedOperationException();
  }

  public boolean acceptsGzip() {
    throw new UnsupportedOperationException();
  }

  /** How many lines of the client address header there were, 0 to MAX_FORWARDED_LINES. */
  public int forwardedLines() {
    throw new UnsupportedOperationException();
  }

  public int forwardedFrom(int line) {
    throw new UnsupportedOperationException();
  }

  public int forwardedTo(int line) {
    throw new UnsupportedOperationException();
  }
}
