package io.trakx.core.stats;

/**
 * What the tracker counts since it started, one entry a counter. Counters only grow.
 *
 * <p>An entry's {@link #key()} is its name under {@code trakx.} in {@code /debug/vars}.
 */
public enum TrackerCounter {
  ANNOUNCES("announces", "Announces answered with peers, whatever the transport."),
  ANNOUNCES_REFUSED("announces.refused", "Announces answered with a failure reason."),
  EVENTS_STARTED("events.started", "Answered announces with event=started."),
  EVENTS_COMPLETED("events.completed", "Answered announces with event=completed."),
  EVENTS_STOPPED("events.stopped", "Answered announces with event=stopped."),
  EVENTS_PAUSED("events.paused", "Answered announces with event=paused (BEP 21)."),
  SCRAPES("scrapes", "Scrapes answered."),
  SCRAPES_REFUSED("scrapes.refused", "Scrapes answered with a failure reason."),
  SCRAPES_FULL("scrapes.full", "Scrapes of the whole tracker answered."),
  PEERS_ADDED("peers.added", "Peers that joined a swarm."),
  PEERS_STOPPED("peers.stopped", "Peers that left a swarm by event=stopped."),
  PEERS_CLEANED("peers.cleaned", "Peers removed because they had not announced in time."),
  PEERS_NOT_LISTED("peers.not_listed", "Peers answered but not stored, a limit being reached."),
  DOWNLOADS_COMPLETED(
      "downloads.completed",
      "Downloads of peers known as leechers that ended with event=completed."),
  TORRENTS_FORGOTTEN(
      "torrents.forgotten",
      "Empty torrents whose completed count was dropped to stay within the limit of swarms."),
  DENIED("access.denied", "Announces for a torrent on the deny list."),
  NOT_ALLOWED("access.not_allowed", "Announces for a torrent that an allow list lacks."),
  NOT_GLOBAL(
      "access.not_global", "Announces from a private or local address, the tracker being public."),
  LIMITED_REQUESTS(
      "limits.requests",
      "Announces and scrapes refused, or over UDP dropped, their address having made too many."),
  LIMITED_TORRENTS(
      "limits.torrents",
      "Announces refused because their address had brought too many new torrents."),
  LIMITED_PORTS(
      "limits.ports",
      "Announces refused because their address had too many peers in that torrent."),
  LIMITED_CONNECTIONS(
      "limits.connections", "HTTP connections closed at once, their address having too many."),
  LIMITED_CONNECTION_REQUESTS(
      "limits.connection_requests",
      "HTTP connections closed after as many requests as one may carry."),
  HTTP_CONNECTIONS("http.connections", "HTTP connections accepted."),
  HTTP_CONNECTIONS_REFUSED(
      "http.connections_refused", "HTTP connections closed at once, there being too many."),
  HTTP_ACCEPTS_FAILED(
      "http.accepts_failed", "Times that HTTP connections could not be accepted for a second."),
  HTTP_REQUESTS("http.requests", "HTTP requests of any kind that were understood."),
  HTTP_MALFORMED("http.malformed", "Connections closed because what arrived was not HTTP."),
  HTTP_TOO_LARGE("http.too_large", "Requests refused because their head was too large."),
  HTTP_TIMEOUTS("http.timeouts", "Connections closed because the client was too slow or idle."),
  HTTP_SHED(
      "http.shed",
      "Connections closed because too much waited for slow clients, theirs for longest."),
  HTTP_UNANSWERED("http.unanswered", "Connections closed because no answer was ready in time."),
  HTTP_PROXY_HEADER_BAD(
      "http.proxy_header_bad",
      "Requests, or whole connections, of a trusted proxy without a usable client address."),
  HTTP_PROXY_UNTRUSTED(
      "http.proxy_untrusted",
      "Connections closed at once because only trusted proxies may come where they came."),
  TLS_HANDSHAKES("tls.handshakes", "HTTPS connections of which the TLS handshake succeeded."),
  TLS_HANDSHAKES_FAILED(
      "tls.handshakes_failed",
      "HTTPS connections that ended before the TLS handshake did, whatever was sent there."),
  UDP_DATAGRAMS("udp.datagrams", "UDP datagrams received, whatever was in them."),
  UDP_CONNECTS("udp.connects", "UDP connects answered with a connection id."),
  UDP_ERRORS("udp.errors", "UDP requests answered with an error, for whatever reason."),
  UDP_MALFORMED("udp.malformed", "UDP datagrams dropped in silence because they were no request."),
  UDP_WRONG_ID(
      "udp.wrong_id",
      "UDP requests with a connection id that is forged, expired or another address's."),
  UDP_OPTIONS_BROKEN(
      "udp.options_broken", "UDP announces with options (BEP 41) that break off; taken without."),
  UDP_OVERLOADED(
      "udp.overloaded", "UDP requests dropped because too many answers waited to be sent."),
  UDP_SEND_FAILED("udp.send_failed", "UDP answers that the system refused to send.");

  private final String key;
  private final String description;

  TrackerCounter(String key, String description) {
    this.key = key;
    this.description = description;
  }

  /** The counter's name, lower case, words joined by dots and underscores. */
  public String key() {
    return key;
  }

  /** What is counted, in one sentence. */
  public String description() {
    return description;
  }
}
