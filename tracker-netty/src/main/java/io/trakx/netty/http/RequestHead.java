package io.trakx.netty.http;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.x request head, read from a plain byte array (RFC 9112).
 *
 * <pre>
 * empty lines | request line | header lines | empty line | body or next request
 *             0 to 4          0 to 100
 * </pre>
 *
 * <p>Lines end in CR LF or in LF alone. A line is judged once it has ended, the very first byte at
 * once; so the outcome does not depend on the pieces in which a head arrives. What is not HTTP/1.x,
 * a control character where none may be, a folded line, a blank before a colon and a {@code
 * Content-Length} that is no number make a head malformed.
 *
 * <p>The accessors are valid after {@link #parse} has returned a length, until it is called again;
 * ranges are positions in the buffer it was given. Allocates nothing. Mutable, reused, holds
 * nothing of a connection; not thread-safe.
 */
public final class RequestHead {
  /** {@link #parse(byte[], int, int)}: the head has not ended, more bytes are needed. */
  public static final int INCOMPLETE = 0;

  /** {@link #parse(byte[], int, int)}: this is not HTTP/1.x, and no further byte can mend it. */
  public static final int MALFORMED = -1;

  /** The most lines that the client address header may be spread over. */
  public static final int MAX_FORWARDED_LINES = 8;

  /** The most header lines; browsers send some twenty. */
  public static final int MAX_HEADER_LINES = 100;

  /** The most empty lines before a request; some clients sent one after a body (RFC 9112 2.2). */
  static final int MAX_LEADING_EMPTY_LINES = 4;

  private final RequestLine requestLine = new RequestLine();
  private final HeaderFields fields = new HeaderFields();

  /**
   * Says which header names the client behind a trusted proxy.
   *
   * @param lowerCaseName the header's name in lower case, such as {@code x-forwarded-for}, or null
   *     if no header is to be looked at
   */
  public void clientAddressHeader(byte @Nullable [] lowerCaseName) {
    fields.clientAddressHeader(lowerCaseName);
  }

  /**
   * Reads the head that begins at {@code from}.
   *
   * @return how many bytes the head takes, its empty lines included; or {@link #INCOMPLETE} or
   *     {@link #MALFORMED}
   */
  public int parse(byte[] buffer, int from, int to) {
    return parse(buffer, from, to, 0);
  }

  /**
   * Reads the head that begins at {@code from}, of which some bytes were here before. As long as no
   * further line has ended, only the new bytes are looked at.
   *
   * @param seen how many bytes from {@code from} on the last call had for this head when it
   *     returned {@link #INCOMPLETE}; 0 the first time
   * @return what {@link #parse(byte[], int, int)} would return
   */
  public int parse(byte[] buffer, int from, int to, int seen) {
    int start = skipEmptyLines(buffer, from, to);
    if (start < 0) {
      return MALFORMED;
    }
    if (start == to) {
      return INCOMPLETE;
    }
    if (!Ascii.isToken(buffer[start])) {
      return MALFORMED;
    }
    int unseen = from + seen;
    if (unseen > start && !lineEnded(buffer, unseen, to)) {
      return INCOMPLETE;
    }
    int end = lines(buffer, start, to);
    return end > 0 ? end - from : end;
  }

  /**
   * Whether the request line has ended, which tells a request with too long a line (414) from one
   * with too many headers (431).
   */
  public static boolean requestLineEnded(byte[] buffer, int from, int to) {
    int start = skipEmptyLines(buffer, from, to);
    return start >= 0 && lineEnded(buffer, start, to);
  }

  /** Returns where the request line begins, {@code to} if it is not here yet, or MALFORMED. */
  private static int skipEmptyLines(byte[] buffer, int from, int to) {
    int at = from;
    for (int lines = 0; lines <= MAX_LEADING_EMPTY_LINES; lines++) {
      if (at == to || (buffer[at] != '\r' && buffer[at] != '\n')) {
        return at;
      }
      if (buffer[at] == '\r') {
        at++;
        if (at == to) {
          return to;
        }
        if (buffer[at] != '\n') {
          return MALFORMED;
        }
      }
      at++;
    }
    return MALFORMED;
  }

  /** Returns where the head ends, or INCOMPLETE or MALFORMED. */
  private int lines(byte[] buffer, int start, int to) {
    int lineTo = Ascii.findControl(buffer, start, to);
    int next = nextLine(buffer, lineTo, to);
    if (next <= 0) {
      return next;
    }
    if (!requestLine.parse(buffer, start, lineTo)) {
      return MALFORMED;
    }
    fields.reset(requestLine.route() != Route.ANNOUNCE);
    for (int lines = 0; lines <= MAX_HEADER_LINES; lines++) {
      int nameFrom = next;
      int nameTo = nameFrom;
      while (nameTo < to && Ascii.isToken(buffer[nameTo])) {
        nameTo++;
      }
      if (nameTo == nameFrom) {
        return nextLine(buffer, nameTo, to);
      }
      if (nameTo == to || buffer[nameTo] != ':') {
        return malformedOnceEnded(buffer, nameTo, to);
      }
      lineTo = Ascii.findControl(buffer, nameTo, to);
      while (lineTo < to && buffer[lineTo] == '\t') {
        lineTo = Ascii.findControl(buffer, lineTo + 1, to);
      }
      next = nextLine(buffer, lineTo, to);
      if (next <= 0) {
        return next;
      }
      if (!fields.take(buffer, nameFrom, nameTo, nameTo + 1, lineTo)) {
        return MALFORMED;
      }
    }
    return MALFORMED;
  }

  /** Returns where the line after the line end at {@code at} begins, or INCOMPLETE or MALFORMED. */
  private static int nextLine(byte[] buffer, int at, int to) {
    if (at < to && buffer[at] == '\n') {
      return at + 1;
    }
    if (at + 1 < to && buffer[at] == '\r' && buffer[at + 1] == '\n') {
      return at + 2;
    }
    return malformedOnceEnded(buffer, at, to);
  }

  private static int malformedOnceEnded(byte[] buffer, int at, int to) {
    return lineEnded(buffer, at, to) ? MALFORMED : INCOMPLETE;
  }

  private static boolean lineEnded(byte[] buffer, int from, int to) {
    return Ascii.find(buffer, from, to, (byte) '\n') < to;
  }

  public HttpVerb method() {
    return requestLine.verb();
  }

  /** Whom the path is meant for, with any method. */
  public Route route() {
    return requestLine.route();
  }

  /** Where the query begins, behind the question mark. */
  public int queryFrom() {
    return requestLine.queryFrom();
  }

  /** Where the query ends; equal to {@link #queryFrom()} if there is none. */
  public int queryTo() {
    return requestLine.queryTo();
  }

  /**
   * Whether the client wants the connection kept: HTTP/1.1 unless it says {@code close}, HTTP/1.0
   * only if it says {@code keep-alive} and not {@code close}.
   */
  public boolean keepAlive() {
    return !fields.saysClose() && (!requestLine.http10() || fields.saysKeepAlive());
  }

  /** Whether the request is HTTP/1.0; any higher minor version counts as 1.1. */
  public boolean http10() {
    return requestLine.http10();
  }

  /**
   * Whether a body follows: {@code Content-Length} above 0 or any {@code Transfer-Encoding}. Its
   * end is not known here, so the connection can't be used for another request by the fast path.
   */
  public boolean hasBody() {
    return fields.announcesBody();
  }

  /**
   * Whether {@code Accept-Encoding} names gzip, not with weight 0; {@code *} does not count. False
   * for announces, whose answers are never compressed.
   */
  public boolean acceptsGzip() {
    return fields.acceptsGzip();
  }

  /** How many lines of the client address header there are, 0 to {@link #MAX_FORWARDED_LINES}. */
  public int forwardedLines() {
    return fields.forwardedLines();
  }

  /** Where the value of the {@code line}th line begins; lines count from 0, top to bottom. */
  public int forwardedFrom(int line) {
    return fields.forwardedFrom(line);
  }

  /** Where the value of the {@code line}th line ends; blanks around it are not left off. */
  public int forwardedTo(int line) {
    return fields.forwardedTo(line);
  }
}
