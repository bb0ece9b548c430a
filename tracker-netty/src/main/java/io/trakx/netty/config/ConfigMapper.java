package io.trakx.netty.config;

import io.trakx.core.AnnouncePolicy;
import io.trakx.netty.http.HttpOptions;
import io.trakx.netty.logging.LogOptions;
import io.trakx.netty.transport.DatagramOptions;
import io.trakx.netty.udp.UdpOptions;
import io.trakx.netty.web.WebOptions;
import java.time.Duration;

/** Makes the option records of the configured parts out of the settings' values. */
final class ConfigMapper {
  /** Fine enough beside time-outs of seconds, and nothing that anybody would notice in the load. */
  private static final Duration TIMEOUT_RESOLUTION = Duration.ofMillis(500);

  private ConfigMapper() {}

  static TrakxConfig map(LoadedConfig config) {
    return new TrakxConfig(
        config.get(Settings.HTTP_LISTEN),
        httpOptions(config),
        HttpsSettings.map(config),
        config.get(Settings.UDP_LISTEN),
        udpOptions(config),
        new DatagramOptions(Math.toIntExact(config.get(Settings.UDP_RECEIVE_BUFFER))),
        new TrakxConfig.FullScrapes(
            config.get(Settings.SCRAPE_FULL), config.get(Settings.SCRAPE_FULL_MAX_AGE)),
        new TrakxConfig.Transport(
            config.get(Settings.TRANSPORT_TYPE),
            Math.toIntExact(config.get(Settings.TRANSPORT_THREADS))),
        webOptions(config),
        config.get(Settings.METRICS_LISTEN),
        announcePolicy(config),
        config.get(Settings.PEERS_SWEEP_INTERVAL),
        LimitSettings.map(config),
        new TrakxConfig.Access(
            config.get(Settings.ACCESS_DENYLIST),
            config.get(Settings.ACCESS_ALLOWLIST),
            config.get(Settings.ACCESS_PUBLIC)),
        config.get(Settings.DATA_DIRECTORY),
        DatabaseSettings.map(config),
        config.get(Settings.SNAPSHOT_INTERVAL),
        new LogOptions(
            config.get(Settings.LOG_LEVEL),
            config.get(Settings.LOG_FILE),
            config.get(Settings.LOG_FILE_MAX_SIZE),
            Math.toIntExact(config.get(Settings.LOG_FILE_KEEP))),
        config.get(Settings.SHUTDOWN_GRACE));
  }

  private static HttpOptions httpOptions(LoadedConfig config) {
    return new HttpOptions(
        Math.toIntExact(config.get(Settings.HTTP_MAX_REQUEST)),
        config.get(Settings.HTTP_REQUEST_TIMEOUT),
        config.get(Settings.HTTP_KEEP_ALIVE),
        config.get(Settings.HTTP_IDLE_TIMEOUT),
        config.get(Settings.HTTP_WRITE_TIMEOUT),
        Math.toIntExact(config.get(Settings.HTTP_MAX_CONNECTIONS)),
        Math.toIntExact(config.get(LimitSettings.CONNECTIONS_PER_ADDRESS)),
        Math.toIntExact(config.get(LimitSettings.REQUESTS_PER_CONNECTION)),
        config.get(Settings.ANNOUNCE_TRUST_IP),
        Math.toIntExact(config.get(Settings.ANNOUNCE_NUMWANT_MAX)),
        Math.toIntExact(config.get(Settings.SCRAPE_MAX_HASHES)),
        config.get(Settings.SCRAPE_MIN_INTERVAL),
        HttpOptions.usualUnsentBytes(),
        TIMEOUT_RESOLUTION);
  }

  private static UdpOptions udpOptions(LoadedConfig config) {
    return new UdpOptions(
        Math.toIntExact(config.get(Settings.UDP_MTU)),
        config.get(Settings.UDP_CONNECTION_ID_AGE),
        config.get(Settings.UDP_ANSWER_WRONG_ID),
        config.get(Settings.ANNOUNCE_TRUST_IP),
        Math.toIntExact(config.get(Settings.ANNOUNCE_NUMWANT_MAX)),
        Math.toIntExact(config.get(Settings.SCRAPE_MAX_HASHES)));
  }

  private static WebOptions webOptions(LoadedConfig config) {
    return new WebOptions(
        config.get(Settings.WEB_TITLE),
        config.get(Settings.WEB_CONTACT),
        config.get(Settings.WEB_ANNOUNCE_URLS),
        Math.toIntExact(config.get(Settings.WEB_LARGEST_SWARMS)));
  }

  private static AnnouncePolicy announcePolicy(LoadedConfig config) {
    return new AnnouncePolicy(
        seconds(config.get(Settings.ANNOUNCE_INTERVAL)),
        seconds(config.get(Settings.ANNOUNCE_JITTER)),
        seconds(config.get(Settings.ANNOUNCE_MIN_INTERVAL)),
        Math.toIntExact(config.get(Settings.ANNOUNCE_NUMWANT_DEFAULT)),
        Math.toIntExact(config.get(Settings.ANNOUNCE_NUMWANT_MAX)),
        minutesUp(config.get(Settings.PEERS_TIMEOUT)));
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(duration.toSeconds());
  }

  /** Seen-times are told in minutes: a broken one is rounded up, so that nobody goes too early. */
  private static int minutesUp(Duration duration) {
    return Math.toIntExact(duration.plusMinutes(1).minusNanos(1).toMinutes());
  }
}
