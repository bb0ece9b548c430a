package io.trakx.netty.http;

/** Whom a request's path is meant for. */
public enum Route {
  /** {@code /announce} or {@code /announce.php}, with or without one trailing segment. */
  ANNOUNCE,
  /** {@code /scrape} or {@code /scrape.php}, with or without one trailing segment. */
  SCRAPE,
  /** Anything else: pages, and what this server does not know. */
  OTHER
}
