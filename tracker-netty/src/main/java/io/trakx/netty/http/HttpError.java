package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;

/** Complete answers for requests that are refused before anybody looked at them; signatures only. */
public enum HttpError {
  BAD_REQUEST,
  METHOD_NOT_ALLOWED,
  REQUEST_TIMEOUT,
  URI_TOO_LONG,
  HEADERS_TOO_LARGE,
  SERVICE_UNAVAILABLE;

  /** The status code. */
  public int status() {
    throw new UnsupportedOperationException();
  }

  /** Bytes that {@link #write} writes. */
  public int length(ConnectionOption connection, boolean withBody) {
    throw new UnsupportedOperationException();
  }

  /** Writes the whole answer, without its body to HEAD. */
  public void write(ByteBuf out, ConnectionOption connection, boolean withBody) {
    throw new UnsupportedOperationException();
  }
}
