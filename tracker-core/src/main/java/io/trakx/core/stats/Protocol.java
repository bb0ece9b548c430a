package io.trakx.core.stats;

/** What a request came over. */
public enum Protocol {
  HTTP("http"),
  UDP("udp");

  private final String key;

  Protocol(String key) {
    this.key = key;
  }

  /** Its name for monitors. */
  public String key() {
    return key;
  }
}
