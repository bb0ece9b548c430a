package io.trakx.netty.config;

import static io.trakx.netty.config.Setting.list;
import static io.trakx.netty.config.Setting.one;
import static io.trakx.netty.config.SettingTypes.bytes;
import static io.trakx.netty.config.SettingTypes.choice;
import static io.trakx.netty.config.SettingTypes.count;
import static io.trakx.netty.config.SettingTypes.duration;
import static io.trakx.netty.config.SettingTypes.flag;
import static io.trakx.netty.config.SettingTypes.optionalPath;
import static io.trakx.netty.config.SettingTypes.path;
import static io.trakx.netty.config.SettingTypes.paths;
import static io.trakx.netty.config.SettingTypes.seconds;

import io.trakx.netty.http.HttpListener;
import io.trakx.netty.logging.LogLevel;
import io.trakx.netty.transport.TransportType;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every setting there is, in the order of the reference: key, type, default, meaning.
 *
 * <p>All else about a setting is derived from its line, here or with its section's: how it is read,
 * its environment variable, its place in the reference, in the example file and in the README.
 */
final class Settings {
  static final Setting<List<HttpListener>> HTTP_LISTEN =
      list(
          "http.listen",
          HttpListeners.TYPE,
          List.of("0.0.0.0:1337", "[::]:1337"),
          "Where announces, scrapes and pages are served, one ADDRESS:PORT an entry. Behind a"
              + " proxy, add proxy=CIDR for each network whose word on the client's address is"
              + " taken, and header=NAME if it is not said in X-Forwarded-For, or"
              + " proxy_protocol=true if each connection begins with a header of the PROXY"
              + " protocol.");
  static final Setting<Boolean> HTTP_KEEP_ALIVE =
      one(
          "http.keep_alive",
          flag(),
          "true",
          "Whether a connection may carry several requests. false closes after each answer.");
  static final Setting<Duration> HTTP_REQUEST_TIMEOUT =
      one(
          "http.request_timeout",
          duration("100ms", "10m"),
          "10s",
          "How long a client may take to send a request once it has begun.");
  static final Setting<Duration> HTTP_IDLE_TIMEOUT =
      one(
          "http.idle_timeout",
          duration("100ms", "1h"),
          "60s",
          "How long a connection may stay open with nothing asked.");
  static final Setting<Duration> HTTP_WRITE_TIMEOUT =
      one(
          "http.write_timeout",
          duration("100ms", "10m"),
          "20s",
          "How long a client may take nothing of an answer that waits for it.");
  static final Setting<Long> HTTP_MAX_REQUEST =
      one(
          "http.max_request",
          bytes("512B", "64KiB"),
          "8KiB",
          "The longest request line with headers that is read.");
  static final Setting<Long> HTTP_MAX_CONNECTIONS =
      one(
          "http.max_connections",
          count(1, 10_000_000),
          "100000",
          "The most connections open at a time; further ones are closed at once.");

  static final Setting<List<InetSocketAddress>> UDP_LISTEN =
      list(
          "udp.listen",
          SettingType.many(Addresses.EXPECTED, Addresses::parse),
          List.of("0.0.0.0:1337", "[::]:1337"),
          "Where announces and scrapes over UDP are served, one ADDRESS:PORT an entry. Empty:"
              + " nowhere.");
  static final Setting<Long> UDP_MTU =
      one(
          "udp.mtu",
          bytes("1280B", "9000B"),
          "1500B",
          "The longest packet that an answer may make, headers included; it bounds how many peers"
              + " an answer has.");
  static final Setting<Duration> UDP_CONNECTION_ID_AGE =
      one(
          "udp.connection_id_age",
          seconds("3m", "1h"),
          "5m",
          "How long a client may use a connection id, give or take 10s.");
  static final Setting<Boolean> UDP_ANSWER_WRONG_ID =
      one(
          "udp.answer_wrong_id",
          flag(),
          "false",
          "Whether a request with a wrong or expired connection id gets a short error, so that its"
              + " client connects again at once. Whoever forges a sender has that error sent"
              + " there.");
  static final Setting<Long> UDP_RECEIVE_BUFFER =
      one(
          "udp.receive_buffer",
          bytes("64KiB", "1GiB"),
          "4MiB",
          "How much the kernel may hold of what waits to be read, for each event loop. It grants no"
              + " more than net.core.rmem_max.");

  static final Setting<String> WEB_TITLE =
      one("web.title", WebTexts.TITLE, "Trakx", "What the tracker is called on its pages.");
  static final Setting<Optional<URI>> WEB_CONTACT =
      one(
          "web.contact",
          WebTexts.CONTACT,
          "",
          "Where the pages say that the tracker's operator is reached: a page or mailto:ADDRESS."
              + " Empty: they do not say.");
  static final Setting<List<URI>> WEB_ANNOUNCE_URLS =
      list(
          "web.announce_urls",
          WebTexts.ANNOUNCE_URLS,
          List.of(),
          "The announce URLs that the index page shows, such as https://tracker.example/announce"
              + " behind a proxy. Empty: those of the host by which the page was asked for.");
  static final Setting<Long> WEB_LARGEST_SWARMS =
      one(
          "web.largest_swarms",
          count(0, 100),
          "0",
          "How many torrents of the most peers /stats and /stats.json name by their info-hash. 0:"
              + " none.");

  static final Setting<List<InetSocketAddress>> METRICS_LISTEN =
      list(
          "metrics.listen",
          SettingType.many(Addresses.EXPECTED, Addresses::parse),
          List.of("127.0.0.1:1338"),
          "Where /debug/vars, /metrics, /healthz and /readyz are served. Keep it private: it tells"
              + " all there is to know about the process. Empty: nowhere.");

  static final Setting<Duration> ANNOUNCE_INTERVAL =
      one(
          "announce.interval",
          seconds("5m", "3h"),
          "30m",
          "How often clients are asked to announce. Monitors refuse trackers outside of 5m to 3h.");
  static final Setting<Duration> ANNOUNCE_MIN_INTERVAL =
      one(
          "announce.min_interval",
          seconds("1s", "3h"),
          "15m",
          "How long clients are asked to wait at least, also when they lack peers.");
  static final Setting<Duration> ANNOUNCE_JITTER =
      one(
          "announce.jitter",
          seconds("0s", "1h"),
          "2m",
          "The interval is made longer by a random time up to this, so that clients do not come in"
              + " waves.");
  static final Setting<Long> ANNOUNCE_NUMWANT_DEFAULT =
      one(
          "announce.numwant_default",
          count(0, 1000),
          "50",
          "How many peers a client gets that does not say how many it wants.");
  static final Setting<Long> ANNOUNCE_NUMWANT_MAX =
      one(
          "announce.numwant_max",
          count(0, 1000),
          "200",
          "The most peers a client gets, whatever it wants.");
  static final Setting<Boolean> ANNOUNCE_TRUST_IP =
      one(
          "announce.trust_ip",
          flag(),
          "false",
          "Whether the address that a client states in its announce (ip=) is taken for its own. For"
              + " closed networks only: anybody can list any address then.");

  static final Setting<Long> SCRAPE_MAX_HASHES =
      one(
          "scrape.max_hashes",
          count(1, 1000),
          "74",
          "The most torrents one scrape may ask for; further ones are ignored.");
  static final Setting<Boolean> SCRAPE_FULL =
      one(
          "scrape.full",
          flag(),
          "false",
          "Whether a scrape that names no torrent is answered with all torrents.");
  static final Setting<Duration> SCRAPE_FULL_MAX_AGE =
      one(
          "scrape.full_max_age",
          duration("1s", "1d"),
          "5m",
          "How old the answer to a scrape of all torrents may be before it is made anew.");
  static final Setting<Duration> SCRAPE_MIN_INTERVAL =
      one(
          "scrape.min_interval",
          seconds("0s", "1d"),
          "15m",
          "How long clients are asked to wait between scrapes.");

  static final Setting<Duration> PEERS_TIMEOUT =
      one(
          "peers.timeout",
          seconds("6m", "1d"),
          "45m",
          "How long after its last announce a peer is forgotten; longer than interval and jitter"
              + " together.");
  static final Setting<Duration> PEERS_SWEEP_INTERVAL =
      one(
          "peers.sweep_interval",
          duration("1s", "1h"),
          "1m",
          "How often peers are looked through for those to forget.");

  static final Setting<Boolean> ACCESS_PUBLIC =
      one(
          "access.public",
          flag(),
          "false",
          "Whether peers are refused whose addresses not everybody on the internet can reach:"
              + " private, local, behind a provider's translation, documentation and the like.");
  static final Setting<List<Path>> ACCESS_DENYLIST =
      list(
          "access.denylist",
          paths(),
          List.of(),
          "Files with torrents that are not served: an info-hash in hexadecimal a line, a reason"
              + " behind it if you like, comments after #. Reread when they change, and on"
              + " SIGHUP.");
  static final Setting<List<Path>> ACCESS_ALLOWLIST =
      list(
          "access.allowlist",
          paths(),
          List.of(),
          "Files with the only torrents that are served, written in the same way. Empty: all are.");

  static final Setting<TransportType> TRANSPORT_TYPE =
      one(
          "transport.type",
          choice(TransportType.class),
          "auto",
          "How sockets are driven. auto: epoll where there is Linux, nio elsewhere.");
  static final Setting<Long> TRANSPORT_THREADS =
      one(
          "transport.threads",
          count(0, 1024),
          "0",
          "How many event loops serve the public port. 0: one for each processor.");

  static final Setting<Path> DATA_DIRECTORY =
      one(
          "data.directory",
          path(),
          "data",
          "Where the tracker keeps files of its own: the embedded database, the snapshot of the"
              + " swarms, answers to scrapes of all torrents.");

  static final Setting<Duration> SNAPSHOT_INTERVAL =
      one(
          "snapshot.interval",
          duration("0s", "1d"),
          "5m",
          "How often the swarms are written to a file of data.directory, from which a restarted"
              + " tracker takes them; also when it stops. 0s: never.");

  static final Setting<LogLevel> LOG_LEVEL =
      one(
          "log.level",
          choice(LogLevel.class),
          "info",
          "How much is logged. Nothing is logged per request down to info. Reread on SIGHUP.");
  static final Setting<Optional<Path>> LOG_FILE =
      one("log.file", optionalPath(), "", "The file to log to. Empty: to standard error.");
  static final Setting<Long> LOG_FILE_MAX_SIZE =
      one(
          "log.file_max_size",
          bytes("64KiB", "16GiB"),
          "64MiB",
          "How long a log file may get before the next one is begun.");
  static final Setting<Long> LOG_FILE_KEEP =
      one(
          "log.file_keep",
          count(1, 1000),
          "5",
          "How many full log files are kept, compressed, beside the one being written.");

  static final Setting<Duration> SHUTDOWN_GRACE =
      one(
          "shutdown.grace",
          duration("0s", "10m"),
          "10s",
          "How long requests under way may take to end when the tracker is told to stop.");

  /** All of them, sections together, in the order of the reference. */
  static final List<Setting<?>> ALL =
      List.of(
          HTTP_LISTEN,
          HTTP_KEEP_ALIVE,
          HTTP_REQUEST_TIMEOUT,
          HTTP_IDLE_TIMEOUT,
          HTTP_WRITE_TIMEOUT,
          HTTP_MAX_REQUEST,
          HTTP_MAX_CONNECTIONS,
          HttpsSettings.LISTEN,
          HttpsSettings.CERTIFICATE,
          HttpsSettings.PRIVATE_KEY,
          HttpsSettings.PASSWORD_FILE,
          UDP_LISTEN,
          UDP_MTU,
          UDP_CONNECTION_ID_AGE,
          UDP_ANSWER_WRONG_ID,
          UDP_RECEIVE_BUFFER,
          WEB_TITLE,
          WEB_CONTACT,
          WEB_ANNOUNCE_URLS,
          WEB_LARGEST_SWARMS,
          METRICS_LISTEN,
          ANNOUNCE_INTERVAL,
          ANNOUNCE_MIN_INTERVAL,
          ANNOUNCE_JITTER,
          ANNOUNCE_NUMWANT_DEFAULT,
          ANNOUNCE_NUMWANT_MAX,
          ANNOUNCE_TRUST_IP,
          SCRAPE_MAX_HASHES,
          SCRAPE_FULL,
          SCRAPE_FULL_MAX_AGE,
          SCRAPE_MIN_INTERVAL,
          PEERS_TIMEOUT,
          PEERS_SWEEP_INTERVAL,
          LimitSettings.PEERS,
          LimitSettings.SWARMS,
          LimitSettings.PEERS_PER_SWARM,
          LimitSettings.REQUESTS_PER_ADDRESS,
          LimitSettings.SWARMS_PER_ADDRESS,
          LimitSettings.PORTS_PER_ADDRESS,
          LimitSettings.CONNECTIONS_PER_ADDRESS,
          LimitSettings.REQUESTS_PER_CONNECTION,
          ACCESS_PUBLIC,
          ACCESS_DENYLIST,
          ACCESS_ALLOWLIST,
          TRANSPORT_TYPE,
          TRANSPORT_THREADS,
          DATA_DIRECTORY,
          DatabaseSettings.URL,
          DatabaseSettings.USER,
          DatabaseSettings.PASSWORD,
          DatabaseSettings.PASSWORD_FILE,
          DatabaseSettings.CONNECT_TIMEOUT,
          DatabaseSettings.ANSWER_TIMEOUT,
          DatabaseSettings.FLUSH_INTERVAL,
          DatabaseSettings.CLOSE_TIMEOUT,
          DatabaseSettings.PRUNE_AFTER,
          DatabaseSettings.KEEP_MINUTES,
          DatabaseSettings.KEEP_HOURS,
          DatabaseSettings.KEEP_DAYS,
          SNAPSHOT_INTERVAL,
          LOG_LEVEL,
          LOG_FILE,
          LOG_FILE_MAX_SIZE,
          LOG_FILE_KEEP,
          SHUTDOWN_GRACE);

  static final Map<String, Setting<?>> BY_KEY =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::key, Function.identity()));

  static final Map<String, Setting<?>> BY_VARIABLE =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::variable, Function.identity()));

  /** The names before the dots. */
  static final Set<String> SECTIONS =
      ALL.stream().map(Setting::section).collect(Collectors.toCollection(LinkedHashSet::new));

  private Settings() {}
}
