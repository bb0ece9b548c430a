package io.trakx.core.stats;

/** What a request asked for. */
public enum RequestAction {
  /** A connection id; over UDP only. */
  CONNECT("connect"),
  ANNOUNCE("announce"),
  /** The figures of named torrents; scrapes of all are pages to the transport. */
  SCRAPE("scrape");

  private final String key;

  RequestAction(String key) {
    this.key = key;
  }

  /** Its name for monitors. */
  public String key() {
    return key;
  }

  /** Whether {@code protocol} has it. */
  public boolean in(Protocol protocol) {
    return this != CONNECT || protocol == Protocol.UDP;
  }
}
