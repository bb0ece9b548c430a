package io.trakx.netty.http;

/** The request methods that announce and scrape tell apart (RFC 9110 section 9). */
public enum HttpVerb {
  GET,
  /** Answered with the head that GET would get, and nothing is stored. */
  HEAD,
  /** Any other method, by whatever name. */
  OTHER
}
