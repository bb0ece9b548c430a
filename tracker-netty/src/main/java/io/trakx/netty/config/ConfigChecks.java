package io.trakx.netty.config;

import io.trakx.netty.http.HttpListener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What must hold between settings. Pairs of which one is wrong in itself are left alone. */
final class ConfigChecks {
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(3);

  private final LoadedConfig config;
  private final Set<String> brokenKeys;
  private final List<ConfigError> errors = new ArrayList<>();

  private ConfigChecks(LoadedConfig config, Set<String> brokenKeys) {
    this.config = config;
    this.brokenKeys = brokenKeys;
  }

  /**
   * Finds what does not fit together.
   *
   * @param brokenKeys settings of which the value is a default only because what was written is
   *     wrong
   */
  static List<ConfigError> check(LoadedConfig config, Set<String> brokenKeys) {
    ConfigChecks checks = new ConfigChecks(config, brokenKeys);
    checks.intervals();
    checks.peers();
    checks.listeners();
    checks.database();
    HttpsSettings.check(config, checks);
    return checks.errors;
  }

  private void intervals() {
    Duration interval = config.get(Settings.ANNOUNCE_INTERVAL);
    if (sound(Settings.ANNOUNCE_MIN_INTERVAL, Settings.ANNOUNCE_INTERVAL)
        && config.get(Settings.ANNOUNCE_MIN_INTERVAL).compareTo(interval) > 0) {
      error(
          Settings.ANNOUNCE_MIN_INTERVAL,
          "is longer than announce.interval",
          "at most " + written(Settings.ANNOUNCE_INTERVAL));
    }
    Duration longest = interval.plus(config.get(Settings.ANNOUNCE_JITTER));
    if (sound(Settings.ANNOUNCE_JITTER, Settings.ANNOUNCE_INTERVAL)
        && longest.compareTo(LONGEST_INTERVAL) > 0) {
      error(
          Settings.ANNOUNCE_JITTER,
          "makes intervals of more than 3h, which monitors refuse",
          "at most 3h together with announce.interval, " + written(Settings.ANNOUNCE_INTERVAL));
    }
    if (sound(Settings.PEERS_TIMEOUT, Settings.ANNOUNCE_INTERVAL, Settings.ANNOUNCE_JITTER)
        && config.get(Settings.PEERS_TIMEOUT).compareTo(longest) <= 0) {
      error(
          Settings.PEERS_TIMEOUT,
          "forgets peers before they are asked to announce again",
          "more than announce.interval and announce.jitter together, %s and %s"
              .formatted(written(Settings.ANNOUNCE_INTERVAL), written(Settings.ANNOUNCE_JITTER)));
    }
  }

  private void peers() {
    if (sound(Settings.ANNOUNCE_NUMWANT_DEFAULT, Settings.ANNOUNCE_NUMWANT_MAX)
        && config.get(Settings.ANNOUNCE_NUMWANT_DEFAULT)
            > config.get(Settings.ANNOUNCE_NUMWANT_MAX)) {
      error(
          Settings.ANNOUNCE_NUMWANT_DEFAULT,
          "is above announce.numwant_max",
          "at most " + written(Settings.ANNOUNCE_NUMWANT_MAX));
    }
  }

  private void listeners() {
    if (sound(Settings.UDP_LISTEN)) {
      // Ports of UDP are others than those of TCP.
      List<InetSocketAddress> takenOfUdp = new ArrayList<>();
      for (InetSocketAddress address : config.get(Settings.UDP_LISTEN)) {
        take(Settings.UDP_LISTEN, address, takenOfUdp);
      }
    }
    if (!sound(Settings.HTTP_LISTEN, HttpsSettings.LISTEN, Settings.METRICS_LISTEN)) {
      return;
    }
    if (config.get(Settings.HTTP_LISTEN).isEmpty() && config.get(HttpsSettings.LISTEN).isEmpty()) {
      error(Settings.HTTP_LISTEN, "is empty", "at least one listener, here or in https.listen");
    }
    List<InetSocketAddress> taken = new ArrayList<>();
    for (HttpListener listener : config.get(Settings.HTTP_LISTEN)) {
      take(Settings.HTTP_LISTEN, listener.address(), taken);
    }
    for (HttpListener listener : config.get(HttpsSettings.LISTEN)) {
      take(HttpsSettings.LISTEN, listener.address(), taken);
    }
    for (InetSocketAddress address : config.get(Settings.METRICS_LISTEN)) {
      take(Settings.METRICS_LISTEN, address, taken);
    }
  }

  private void database() {
    if (sound(DatabaseSettings.PASSWORD, DatabaseSettings.PASSWORD_FILE)
        && !config.get(DatabaseSettings.PASSWORD).isEmpty()
        && config.get(DatabaseSettings.PASSWORD_FILE).isPresent()) {
      error(DatabaseSettings.PASSWORD_FILE, "is set beside database.password", "one of the two");
    }
    if (sound(DatabaseSettings.URL, Settings.DATA_DIRECTORY)
        && config.get(DatabaseSettings.URL).isEmpty()
        && config.get(Settings.DATA_DIRECTORY).toAbsolutePath().toString().contains(";")) {
      error(
          Settings.DATA_DIRECTORY,
          "has a ; in it, which the embedded database cannot take",
          "another path, or a database.url");
    }
  }

  private void take(Setting<?> setting, InetSocketAddress address, List<InetSocketAddress> taken) {
    for (InetSocketAddress other : taken) {
      if (overlap(address, other)) {
        error(
            setting,
            "has %s, which %s has already taken"
                .formatted(Addresses.format(address), Addresses.format(other)),
            "another port");
      }
    }
    taken.add(address);
  }

  /** Whether a client could reach both: same port and family, same address or one for all. */
  private static boolean overlap(InetSocketAddress one, InetSocketAddress other) {
    return one.getPort() != 0
        && one.getPort() == other.getPort()
        && one.getAddress().getClass() == other.getAddress().getClass()
        && (one.getAddress().equals(other.getAddress())
            || one.getAddress().isAnyLocalAddress()
            || other.getAddress().isAnyLocalAddress());
  }

  boolean sound(Setting<?>... settings) {
    for (Setting<?> setting : settings) {
      if (brokenKeys.contains(setting.key())) {
        return false;
      }
    }
    return true;
  }

  private String written(Setting<?> setting) {
    return config.entry(setting).raw().text();
  }

  void error(Setting<?> setting, String reason, String expected) {
    RawValue raw = config.entry(setting).raw();
    errors.add(new ConfigError(setting.key(), raw.text(), raw.origin(), reason, expected));
  }
}
