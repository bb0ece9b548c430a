package io.trakx.core.protocol;

/**
 * What an answered client's user should know ({@code warning message}, BEP 31's sibling in use).
 */
public enum AnnounceWarning {
  /** The tracker or the swarm is full: the client got peers, but nobody is told of it. */
  NOT_LISTED("tracker is full: you were given peers, but are not listed yourself");

  private final String text;

  AnnounceWarning(String text) {
    this.text = text;
  }

  /** The text for the client's user, ASCII. */
  public String text() {
    return text;
  }
}
