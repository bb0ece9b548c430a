package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/**
 * What the header lines of a request say, as far as an announce or a scrape cares.
 *
 * <p>Mutable, reused, not thread-safe.
 */
final class HeaderFields {
  private static final byte[] CONNECTION = ascii("connection");
  private static final byte[] CONTENT_LENGTH = ascii("content-length");
  private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
  private static final byte[] ACCEPT_ENCODING = ascii("accept-encoding");
  private static final byte[] CLOSE = ascii("close");
  private static final byte[] KEEP_ALIVE = ascii("keep-alive");
  private static final byte[] GZIP = ascii("gzip");
  private static final byte[] X_GZIP = ascii("x-gzip");

  private final int[] forwardedFrom = new int[RequestHead.MAX_FORWARDED_LINES];
  private final int[] forwardedTo = new int[RequestHead.MAX_FORWARDED_LINES];
  private byte @Nullable [] clientAddressHeader;
  private int forwardedLines;
  private boolean compressible;
  private boolean close;
  private boolean keepAlive;
  private boolean body;
  private boolean gzip;

  void clientAddressHeader(byte @Nullable [] lowerCaseName) {
    clientAddressHeader = lowerCaseName;
  }

  /**
   * Forgets all lines.
   *
   * @param compressible whether it matters which encodings the client accepts
   */
  void reset(boolean compressible) {
    this.compressible = compressible;
    forwardedLines = 0;
    close = false;
    keepAlive = false;
    body = false;
    gzip = false;
  }

  boolean saysClose() {
    return close;
  }

  boolean saysKeepAlive() {
    return keepAlive;
  }

  boolean announcesBody() {
    return body;
  }

  boolean acceptsGzip() {
    return gzip;
  }

  int forwardedLines() {
    return forwardedLines;
  }

  int forwardedFrom(int line) {
    return forwardedFrom[line];
  }

  int forwardedTo(int line) {
    return forwardedTo[line];
  }

  /** Takes one line, its name and its value with the blanks around; false if it is malformed. */
  boolean take(byte[] buffer, int nameFrom, int nameTo, int valueFrom, int valueTo) {
    int length = nameTo - nameFrom;
    if (length == CONNECTION.length) {
      if (Ascii.startsWithIgnoringCase(buffer, nameFrom, nameTo, CONNECTION)) {
        connection(buffer, valueFrom, valueTo);
      }
    } else if (length == CONTENT_LENGTH.length) {
      if (Ascii.startsWithIgnoringCase(buffer, nameFrom, nameTo, CONTENT_LENGTH)
          && !contentLength(buffer, valueFrom, valueTo)) {
        return false;
      }
    } else if (length == ACCEPT_ENCODING.length) {
      if (compressible && Ascii.startsWithIgnoringCase(buffer, nameFrom, nameTo, ACCEPT_ENCODING)) {
        acceptEncoding(buffer, valueFrom, valueTo);
      }
    } else if (length == TRANSFER_ENCODING.length) {
      body |= Ascii.startsWithIgnoringCase(buffer, nameFrom, nameTo, TRANSFER_ENCODING);
    }
    byte[] clientAddress = clientAddressHeader;
    return clientAddress == null
        || !Ascii.equalsIgnoringCase(buffer, nameFrom, nameTo, clientAddress)
        || forwarded(valueFrom, valueTo);
  }

  private boolean forwarded(int from, int to) {
    if (forwardedLines == RequestHead.MAX_FORWARDED_LINES) {
      return false;
    }
    forwardedFrom[forwardedLines] = from;
    forwardedTo[forwardedLines] = to;
    forwardedLines++;
    return true;
  }

  private void connection(byte[] buffer, int from, int to) {
    for (int at = from; at < to; ) {
      int comma = Ascii.find(buffer, at, to, (byte) ',');
      int start = Ascii.skipBlanks(buffer, at, comma);
      int end = Ascii.trimEnd(buffer, start, comma);
      close |= Ascii.equalsIgnoringCase(buffer, start, end, CLOSE);
      keepAlive |= Ascii.equalsIgnoringCase(buffer, start, end, KEEP_ALIVE);
      at = comma + 1;
    }
  }

  /** Digits only: a length that two parsers read differently is how requests are smuggled. */
  private boolean contentLength(byte[] buffer, int from, int to) {
    int start = Ascii.skipBlanks(buffer, from, to);
    int end = Ascii.trimEnd(buffer, start, to);
    for (int at = start; at < end; at++) {
      if (!Ascii.isDigit(buffer[at])) {
        return false;
      }
      body |= buffer[at] != '0';
    }
    return start < end;
  }

  private void acceptEncoding(byte[] buffer, int from, int to) {
    for (int at = from; at < to; ) {
      int comma = Ascii.find(buffer, at, to, (byte) ',');
      int semicolon = Ascii.find(buffer, at, comma, (byte) ';');
      int start = Ascii.skipBlanks(buffer, at, semicolon);
      int end = Ascii.trimEnd(buffer, start, semicolon);
      if (Ascii.equalsIgnoringCase(buffer, start, end, GZIP)
          || Ascii.equalsIgnoringCase(buffer, start, end, X_GZIP)) {
        gzip |= semicolon == comma || !zeroWeight(buffer, semicolon + 1, comma);
      }
      at = comma + 1;
    }
  }

  /** Whether the range is {@code q=0}, {@code q=0.000} or the like: not acceptable. */
  private static boolean zeroWeight(byte[] buffer, int from, int to) {
    int start = Ascii.skipBlanks(buffer, from, to);
    int end = Ascii.trimEnd(buffer, start, to);
    if (end - start < 3 || (buffer[start] | 0x20) != 'q' || buffer[start + 1] != '=') {
      return false;
    }
    for (int at = start + 2; at < end; at++) {
      if (buffer[at] != '0' && buffer[at] != '.') {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
