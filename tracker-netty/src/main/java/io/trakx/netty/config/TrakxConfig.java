package io.trakx.netty.config;

import io.trakx.core.AnnouncePolicy;
import io.trakx.netty.http.HttpListener;
import io.trakx.netty.http.HttpOptions;
import io.trakx.netty.logging.LogOptions;
import io.trakx.netty.persistence.DatabaseOptions;
import io.trakx.netty.tls.TlsFiles;
import io.trakx.netty.transport.DatagramOptions;
import io.trakx.netty.transport.TransportType;
import io.trakx.netty.udp.UdpOptions;
import io.trakx.netty.web.WebOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration, checked, as the records that the configured parts own.
 *
 * @param httpListeners where the public port listens; at least one, here or over TLS
 * @param http how the public port behaves
 * @param https the public port over TLS; empty: nowhere
 * @param udpListen where announces over UDP are served; empty: nowhere
 * @param udp how they are answered
 * @param datagrams how UDP sockets are opened
 * @param scrape whether and how scrapes of all torrents are answered
 * @param transport how sockets are driven
 * @param web what the pages of the public port say
 * @param metricsListen where the metrics port listens; empty: nowhere
 * @param announce what every client is granted
 * @param sweepInterval how often peers are looked through for those to forget
 * @param limits how much the tracker may hold
 * @param access which torrents are served, and to whom
 * @param dataDirectory where the tracker keeps files of its own
 * @param database where counts, history and bans are kept; empty: nowhere
 * @param snapshotInterval how often the swarms are written to a file; zero: never
 * @param log what is logged and where to
 * @param shutdownGrace how long requests under way may take to end when the tracker stops
 */
public record TrakxConfig(
    List<HttpListener> httpListeners,
    HttpOptions http,
    Optional<Https> https,
    List<InetSocketAddress> udpListen,
    UdpOptions udp,
    DatagramOptions datagrams,
    FullScrapes scrape,
    Transport transport,
    WebOptions web,
    List<InetSocketAddress> metricsListen,
    AnnouncePolicy announce,
    Duration sweepInterval,
    LimitOptions limits,
    Access access,
    Path dataDirectory,
    Optional<DatabaseOptions> database,
    Duration snapshotInterval,
    LogOptions log,
    Duration shutdownGrace) {

  /**
   * The public port over TLS.
   *
   * @param listeners where it listens, at least one
   * @param files where certificate and key are
   */
  public record Https(List<HttpListener> listeners, TlsFiles files) {}

  /**
   * Scrapes that name no torrent.
   *
   * @param allowed whether they are answered with all torrents
   * @param maxAge how old an answer may be
   */
  public record FullScrapes(boolean allowed, Duration maxAge) {}

  /**
   * How sockets are driven.
   *
   * @param threads event loops of the public port; 0: one for each processor
   */
  public record Transport(TransportType type, int threads) {}

  /**
   * Which torrents are served, and to whom.
   *
   * @param denylist files with torrents that are not served
   * @param allowlist files with the only torrents that are served; empty: all are
   * @param globalOnly whether announces are refused from addresses that are not global
   */
  public record Access(List<Path> denylist, List<Path> allowlist, boolean globalOnly) {}
}
