package io.trakx.core.stats;

/** What became of a request. */
public enum RequestOutcome {
  /** It got what it asked for. */
  ANSWERED("answered"),
  /** It got a failure reason or an error. */
  REFUSED("refused");

  private final String key;

  RequestOutcome(String key) {
    this.key = key;
  }

  /** Whether it may become of {@code action}: a connect is answered, or dropped in silence. */
  public boolean of(RequestAction action) {
    return this == ANSWERED || action != RequestAction.CONNECT;
  }

  /** Its name for monitors. */
  public String key() {
    return key;
  }
}
