package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/**
 * Whole answers to requests that never got as far as the tracker, each made once.
 *
 * <p>An announce that was understood and refused is not among them: that is a failure reason with
 * status 200. Thread-safe; allocates nothing.
 */
@SuppressWarnings("ImmutableEnumChecker") // An answer's bytes neither change nor leave.
public enum HttpError {
  BAD_REQUEST(400, "Bad Request", "", "this is not an HTTP/1.x request"),
  METHOD_NOT_ALLOWED(405, "Method Not Allowed", "Allow: GET, HEAD\r\n", "ask with GET"),
  REQUEST_TIMEOUT(408, "Request Timeout", "", "the request took too long to arrive"),
  URI_TOO_LONG(414, "URI Too Long", "", "the request line is too long"),
  HEADERS_TOO_LARGE(
      431, "Request Header Fields Too Large", "", "the request's headers are too large"),
  SERVICE_UNAVAILABLE(503, "Service Unavailable", "", "the tracker can't answer now");

  private final int status;
  private final Answer persistent;
  private final Answer keepAlive;
  private final Answer close;

  HttpError(int status, String phrase, String header, String text) {
    this.status = status;
    String start =
        "HTTP/1.1 " + status + " " + phrase + "\r\nContent-Type: text/plain\r\n" + header;
    String body = text + "\n";
    this.persistent = Answer.of(start, ConnectionOption.PERSISTENT, body);
    this.keepAlive = Answer.of(start, ConnectionOption.KEEP_ALIVE, body);
    this.close = Answer.of(start, ConnectionOption.CLOSE, body);
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /**
   * Bytes that {@link #write} writes.
   *
   * @param withBody false for an answer to HEAD
   */
  public int length(ConnectionOption connection, boolean withBody) {
    return answer(connection).length(withBody);
  }

  /**
   * Writes status line, headers and body.
   *
   * @param withBody false for an answer to HEAD
   */
  public void write(ByteBuf out, ConnectionOption connection, boolean withBody) {
    Answer answer = answer(connection);
    out.writeBytes(answer.bytes(), 0, answer.length(withBody));
  }

  private Answer answer(ConnectionOption connection) {
    return switch (connection) {
      case PERSISTENT -> persistent;
      case KEEP_ALIVE -> keepAlive;
      case CLOSE -> close;
    };
  }

  /** An answer's bytes, of which the first {@code headLength} are its head. */
  private static final class Answer {
    private final byte[] bytes;
    private final int headLength;

    private Answer(byte[] bytes, int headLength) {
      this.bytes = bytes;
      this.headLength = headLength;
    }

    static Answer of(String start, ConnectionOption connection, String body) {
      String head = start + connection.line() + "Content-Length: " + body.length() + "\r\n\r\n";
      return new Answer((head + body).getBytes(US_ASCII), head.length());
    }

    byte[] bytes() {
      return bytes;
    }

    int length(boolean withBody) {
      return withBody ? bytes.length : headLength;
    }
  }
}
