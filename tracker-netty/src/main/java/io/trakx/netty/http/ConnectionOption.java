package io.trakx.netty.http;

/** What an answer says about the connection's future (RFC 9112 section 9.3). */
public enum ConnectionOption {
  /** Stays open, which HTTP/1.1 takes for granted: no header. */
  PERSISTENT(""),
  /** Stays open, said aloud because an HTTP/1.0 client would not expect it. */
  KEEP_ALIVE("Connection: keep-alive\r\n"),
  /** Closes after the answer. */
  CLOSE("Connection: close\r\n");

  private final String line;

  ConnectionOption(String line) {
    this.line = line;
  }

  /**
   * What to say to a client.
   *
   * @param keepAlive whether the connection stays open
   * @param http10 whether the client speaks HTTP/1.0
   */
  public static ConnectionOption of(boolean keepAlive, boolean http10) {
    if (!keepAlive) {
      return CLOSE;
    }
    return http10 ? KEEP_ALIVE : PERSISTENT;
  }

  /** The header line with its line end, or nothing. */
  String line() {
    return line;
  }
}
