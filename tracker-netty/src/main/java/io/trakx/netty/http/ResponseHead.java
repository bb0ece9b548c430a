package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/**
 * The heads of answers with status 200 and a body of type {@code text/plain}.
 *
 * <pre>
 * HTTP/1.1 200 OK, Content-Type, Connection if it needs saying, Content-Length, empty line
 * </pre>
 *
 * <p>The version is 1.1 to clients of 1.0 too, as RFC 9110 section 2.5 has it. Thread-safe;
 * allocates nothing.
 */
public final class ResponseHead {
  private static final String START = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
  private static final String CONTENT_LENGTH = "Content-Length: ";
  private static final byte[] PERSISTENT = upToLength(ConnectionOption.PERSISTENT);
  private static final byte[] KEEP_ALIVE = upToLength(ConnectionOption.KEEP_ALIVE);
  private static final byte[] CLOSE = upToLength(ConnectionOption.CLOSE);
  private static final int END = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';

  private ResponseHead() {}

  private static byte[] upToLength(ConnectionOption connection) {
    return (START + connection.line() + CONTENT_LENGTH).getBytes(US_ASCII);
  }

  private static byte[] upToLengthFor(ConnectionOption connection) {
    return switch (connection) {
      case PERSISTENT -> PERSISTENT;
      case KEEP_ALIVE -> KEEP_ALIVE;
      case CLOSE -> CLOSE;
    };
  }

  /**
   * Bytes that {@link #write} writes.
   *
   * @param contentLength bytes of the body, 0 or more
   */
  public static int length(ConnectionOption connection, int contentLength) {
    return upToLengthFor(connection).length + digits(contentLength) + Integer.BYTES;
  }

  /** Writes status line and headers, the empty line included; an answer to HEAD ends there. */
  public static void write(ByteBuf out, ConnectionOption connection, int contentLength) {
    out.writeBytes(upToLengthFor(connection));
    int power = 1;
    for (int digits = digits(contentLength); digits > 1; digits--) {
      power *= 10;
    }
    for (; power > 0; power /= 10) {
      out.writeByte('0' + contentLength / power % 10);
    }
    out.writeInt(END);
  }

  private static int digits(int value) {
    int digits = 1;
    for (int rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
