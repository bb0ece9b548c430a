package io.trakx.core.protocol;

/**
 * Why an announce or a scrape was refused, in words for the client's user ({@code failure reason},
 * BEP 3) and with when to try again ({@code retry in}, BEP 31).
 */
public enum FailureReason {
  MISSING_INFO_HASH("info_hash is missing: a torrent is named by its 20 bytes"),
  INVALID_INFO_HASH("info_hash is not exactly 20 percent-encoded bytes"),
  MISSING_PEER_ID("peer_id is missing: a client names itself by 20 bytes"),
  INVALID_PEER_ID("peer_id is not exactly 20 percent-encoded bytes"),
  INVALID_PORT("port is not a number from 1 to 65535"),
  INVALID_NUMBER("uploaded, downloaded, left or numwant is not a number"),
  INVALID_CLIENT_ADDRESS("the proxy in front of this tracker did not say who the client is"),
  TORRENT_DENIED("this torrent is not served here", FailureReason.RETRY_NEVER),
  TORRENT_NOT_ALLOWED(
      "this tracker serves listed torrents only, and this is not one", FailureReason.RETRY_NEVER),
  FULL_SCRAPE_DISABLED("scrape needs at least one info_hash here", FailureReason.RETRY_NEVER),
  ADDRESS_NOT_GLOBAL(
      "this tracker is public and lists no private or local addresses, which yours is",
      FailureReason.RETRY_NEVER),
  TOO_MANY_REQUESTS("too many announces and scrapes from your address", 1),
  TOO_MANY_TORRENTS("too many new torrents from your address", 10),
  TOO_MANY_PORTS("too many peers at your address in this torrent", 30);

  /** {@link #retryInMinutes()} of a reason that says nothing about trying again. */
  public static final int RETRY_UNSAID = 0;

  /** {@link #retryInMinutes()} of a reason that will not pass by waiting. */
  public static final int RETRY_NEVER = -1;

  private final String text;
  private final int retryInMinutes;

  FailureReason(String text) {
    this(text, RETRY_UNSAID);
  }

  FailureReason(String text, int retryInMinutes) {
    this.text = text;
    this.retryInMinutes = retryInMinutes;
  }

  /** The text for the client's user, ASCII. */
  public String text() {
    return text;
  }

  /** Minutes to wait before trying again, {@link #RETRY_UNSAID} or {@link #RETRY_NEVER}. */
  public int retryInMinutes() {
    return retryInMinutes;
  }
}
