package io.trakx.netty.e2e;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A BitTorrent client that people use, set up so that a tracker is its only way to find others of a
 * private torrent: no DHT, no peer exchange, no local discovery, no port forwarding. It seeds what
 * it has until it is interrupted.
 */
enum RealClient {
  ARIA2("aria2c") {
    @Override
    List<String> command(Path directory, TorrentFile torrent) {
      // It asks UDP trackers through its DHT only; a private torrent's peers it seeks there not.
      Path authority = directory.resolve(AUTHORITY);
      return List.of(
          "aria2c",
          "--no-conf=true",
          "--all-proxy=",
          "--ca-certificate=" + (Files.exists(authority) ? authority : ""),
          "--dir=" + directory,
          "--listen-port=6881",
          "--enable-dht=true",
          "--dht-file-path=" + directory.resolve("dht.dat"),
          "--enable-dht6=false",
          "--enable-peer-exchange=false",
          "--bt-enable-lpd=false",
          "--check-integrity=true",
          "--seed-ratio=0.0",
          "--file-allocation=none",
          "--show-console-readout=false",
          "--console-log-level=info",
          torrent.path().toString());
    }

    @Override
    void leave(Network.Host host, ClientProcess client) throws IOException {
      client.interrupt();
    }
  },

  TRANSMISSION("transmission-daemon") {
    @Override
    void require() {
      Requirements.programs(List.of("transmission-daemon", "transmission-remote"));
    }

    @Override
    List<String> command(Path directory, TorrentFile torrent) throws IOException {
      Path configuration = Files.createDirectory(directory.resolve("configuration"));
      Path watched = Files.createDirectory(directory.resolve("watched"));
      Files.copy(torrent.path(), watched.resolve(torrent.path().getFileName()));
      Map<String, Object> settings =
          Map.of(
              "watch-dir", watched.toString(),
              "watch-dir-enabled", true,
              "download-dir", directory.toString(),
              "dht-enabled", false,
              "lpd-enabled", false,
              "pex-enabled", false,
              "port-forwarding-enabled", false,
              "utp-enabled", false,
              "rpc-bind-address", "127.0.0.1");
      new JsonMapper().writeValue(configuration.resolve("settings.json").toFile(), settings);
      return List.of(
          "transmission-daemon", "--foreground", "--log-info", "--config-dir=" + configuration);
    }

    // Transmission 3 tells trackers when a torrent stops, but not reliably when itself ends.
    @Override
    void leave(Network.Host host, ClientProcess client) throws IOException {
      Commands.run(
          host.command(List.of("transmission-remote", "127.0.0.1", "--torrent=all", "--stop")));
    }
  },

  /** The library of qBittorrent, Deluge and others. */
  LIBTORRENT("libtorrent") {
    @Override
    void require() throws IOException {
      boolean there = Files.isExecutable(DEBIANS_PYTHON);
      if (there) {
        List<String> use = List.of(DEBIANS_PYTHON.toString(), "-c", "import libtorrent");
        there = Commands.tryRun(use).exitCode() == 0;
      }
      Requirements.require(there, "Debian's python3-libtorrent is missing");
    }

    @Override
    List<String> command(Path directory, TorrentFile torrent) {
      return List.of(
          DEBIANS_PYTHON.toString(),
          SCRIPTS.resolve("client.py").toString(),
          torrent.path().toString(),
          directory.toString());
    }

    @Override
    void awaitScrape(ClientProcess client) {
      Await.until(
          "scrape", SCRAPE_LIMIT, client::output, output -> output.contains("scrape_reply_alert"));
    }

    @Override
    void leave(Network.Host host, ClientProcess client) throws IOException {
      client.interrupt();
    }
  };

  /** The file in a client's directory with who vouches for an HTTPS tracker's certificate. */
  static final String AUTHORITY = "ca.pem";

  /** Another Python would not find Debian's packages. */
  private static final Path DEBIANS_PYTHON = Path.of("/usr/bin/python3");

  private static final Duration SCRAPE_LIMIT = Duration.ofSeconds(20);
  private static final Path SCRIPTS = Path.of("src", "test", "python").toAbsolutePath();

  private final String program;

  RealClient(String program) {
    this.program = program;
  }

  /** Needs what it is made of. */
  void require() throws IOException {
    Requirements.programs(List.of(program));
  }

  /** The command; what it refers to in {@code directory} is there then. */
  abstract List<String> command(Path directory, TorrentFile torrent) throws IOException;

  /**
   * Starts the client on {@code host}: it seeds the torrent's file if {@code directory} holds it,
   * and else fetches it to there.
   */
  ClientProcess start(Network.Host host, TorrentFile torrent, Path directory) throws IOException {
    List<String> command = host.command(command(directory, torrent));
    // Files of its user, and a proxy of this machine, must not matter.
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", directory.toString());
    environment.put("no_proxy", "*");
    Path authority = directory.resolve(AUTHORITY);
    if (Files.exists(authority)) {
      environment.put("SSL_CERT_FILE", authority.toString());
      environment.put("CURL_CA_BUNDLE", authority.toString());
      environment.put("TR_CURL_SSL_VERIFY", "1");
    }
    return ClientProcess.start(program, directory, environment, command);
  }

  /** Waits until the client says that it has scraped, if it says so at all. */
  void awaitScrape(ClientProcess client) {}

  /** Has the client, started on {@code host}, leave the swarm as its users would. */
  abstract void leave(Network.Host host, ClientProcess client) throws IOException;
}
