package io.trakx.netty.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.netty.config.TrakxConfig;
import io.trakx.netty.http.HttpListener;
import io.trakx.netty.persistence.DatabaseCommands;
import io.trakx.netty.persistence.DatabaseException;
import io.trakx.netty.persistence.DatabaseOptions;
import io.trakx.netty.persistence.DatabaseReport;
import io.trakx.netty.tls.Credentials;
import io.trakx.netty.tls.ServerTls;
import io.trakx.netty.tls.TlsFiles;
import io.trakx.netty.tls.TlsProvider;
import io.trakx.netty.transport.Addresses;
import io.trakx.netty.transport.DatagramService;
import io.trakx.netty.transport.DatagramSockets;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.ListenException;
import io.trakx.netty.transport.ListeningSockets;
import io.trakx.netty.transport.TcpOptions;
import io.trakx.netty.transport.TcpService;
import io.trakx.netty.transport.TransportUnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Looks whether what a configuration asks for can be had, and prints a line for each thing. */
final class Checks {
  private final TrakxConfig config;
  private final PrintWriter out;
  private boolean failed;
  private int grantedBytes = Integer.MAX_VALUE;
  private boolean bufferNoted;

  Checks(TrakxConfig config, PrintWriter out) {
    this.config = config;
    this.out = out;
  }

  /** Whether anything cannot be had. */
  boolean failed() {
    return failed;
  }

  /** Every list file can be read and understood. */
  void lists() {
    lists("access.denylist", config.access().denylist());
    lists("access.allowlist", config.access().allowlist());
  }

  private void lists(String key, List<Path> files) {
    for (Path file : files) {
      try {
        ok("%s, %s: %d torrents".formatted(key, file, AccessFiles.read(file).size()));
      } catch (IOException e) {
        fail(key + ", " + e.getMessage());
      }
    }
  }

  /** The certificate, which the configuration was checked for, can be used, and for how long. */
  void certificate() {
    if (config.https().isEmpty()) {
      return;
    }
    TlsFiles files = config.https().get().files();
    TlsProvider provider = TlsProvider.best();
    try {
      Credentials credentials = files.read();
      new ServerTls(provider, credentials).close();
      ok(
          "https.certificate, %s: %s, by %s"
              .formatted(files.certificate(), credentials, provider.title()));
      credentials
          .concern(Instant.now())
          .ifPresent(concern -> line("note", "https.certificate, " + concern));
    } catch (IOException e) {
      fail("https.certificate, " + e.getMessage());
    }
  }

  /** The transport works on this machine and, if wanted, can have the addresses. */
  void transport(boolean withPorts) {
    try (EventLoops loops = new EventLoops(config.transport().type(), 1, "trakx-check")) {
      ok("transport.type, " + loops.type().key());
      if (withPorts) {
        for (HttpListener listener : config.httpListeners()) {
          port("http.listen", loops, listener.address());
        }
        if (config.https().isPresent()) {
          for (HttpListener listener : config.https().get().listeners()) {
            port("https.listen", loops, listener.address());
          }
        }
        for (InetSocketAddress address : config.udpListen()) {
          udpPort(loops, address);
        }
        for (InetSocketAddress address : config.metricsListen()) {
          port("metrics.listen", loops, address);
        }
      }
    } catch (TransportUnavailableException e) {
      fail("transport.type, " + e.getMessage());
    }
  }

  private void port(String key, EventLoops loops, InetSocketAddress address) {
    port(
        key,
        address,
        () ->
            ListeningSockets.open(loops, TcpOptions.defaults(), List.of(new Nothing(address)))
                .close());
  }

  private void udpPort(EventLoops loops, InetSocketAddress address) {
    int wanted = config.datagrams().receiveBufferBytes();
    port(
        "udp.listen",
        address,
        () -> {
          DatagramSockets sockets =
              DatagramSockets.open(
                  loops, config.datagrams(), List.of(address), loop -> DatagramService.SILENCE);
          grantedBytes = Math.min(grantedBytes, sockets.receiveBufferBytes());
          return sockets.close();
        });
    if (grantedBytes < wanted && !bufferNoted) {
      bufferNoted = true;
      line(
          "note",
          "udp.receive_buffer, the kernel grants %d KiB of %d KiB (net.core.rmem_max)"
              .formatted(grantedBytes >> 10, wanted >> 10));
    }
  }

  /** Opens something and begins to close it again. */
  private interface Opening {
    CompletableFuture<Void> openAndClose() throws ListenException;
  }

  private void port(String key, InetSocketAddress address, Opening opening) {
    try {
      opening.openAndClose().join();
      ok("%s, %s is free".formatted(key, Addresses.text(address)));
    } catch (ListenException e) {
      fail("%s, %s".formatted(key, e.getMessage()));
    }
  }

  /** Takes no connection. */
  private record Nothing(InetSocketAddress address) implements TcpService {
    @Override
    public Opener opener(EventLoop loop) {
      return new Opener() {
        @Override
        public boolean open(Channel connection) {
          return false;
        }

        @Override
        public void acceptFailed(Throwable cause) {
          // Nobody was to be accepted.
        }
      };
    }
  }

  /** What the tracker writes to can be written. */
  void files() {
    config
        .log()
        .file()
        .ifPresent(
            file -> {
              boolean good =
                  Files.exists(file)
                      ? Files.isRegularFile(file) && Files.isWritable(file)
                      : canMake(file);
              writable("log.file", file, good);
            });
    if (config.database().isPresent()
        || !config.snapshotInterval().isZero()
        || config.scrape().allowed()) {
      Path directory = config.dataDirectory();
      boolean good =
          Files.exists(directory)
              ? Files.isDirectory(directory) && Files.isWritable(directory)
              : canMake(directory);
      writable("data.directory", directory, good);
    }
  }

  /** Whether what is not there yet can be made: the nearest directory above it can be written. */
  private static boolean canMake(Path path) {
    Path place = path.toAbsolutePath().getParent();
    while (place != null && !Files.exists(place)) {
      place = place.getParent();
    }
    return place != null && Files.isDirectory(place) && Files.isWritable(place);
  }

  private void writable(String key, Path path, boolean good) {
    if (good) {
      ok("%s, %s can be written".formatted(key, path));
    } else {
      fail("%s, %s cannot be written".formatted(key, path));
    }
  }

  /** The database answers, and can be used as it is or after the next start. */
  void database() {
    if (config.database().isEmpty()) {
      ok("database, none");
      return;
    }
    DatabaseOptions options = config.database().get();
    if (options.url().isEmbedded() && !EmbeddedDatabase.exists(config.dataDirectory())) {
      ok("database, embedded; the next start makes it in " + config.dataDirectory());
      return;
    }
    try {
      DatabaseReport report = DatabaseCommands.check(options);
      ok(
          "database, %s at %s; migrations: %s"
              .formatted(report.database(), options.url(), migrations(report)));
    } catch (DatabaseException e) {
      fail("database, %s: %s".formatted(options.url(), e.getMessage()));
    }
  }

  private static String migrations(DatabaseReport report) {
    String version = "at version " + report.schemaVersion();
    return report.pendingMigrations() == 0
        ? version + ", nothing to do"
        : version + ", the next start runs " + report.pendingMigrations();
  }

  /** What a start would take the swarms from. */
  void snapshot() {
    Path file = config.dataDirectory().resolve(Keeper.SNAPSHOT);
    if (config.snapshotInterval().isZero()) {
      ok("snapshot, none");
      return;
    }
    try {
      long minutes =
          Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now()).toMinutes();
      ok("snapshot, %s: %d KiB, %d min old".formatted(file, Files.size(file) >> 10, minutes));
    } catch (NoSuchFileException e) {
      ok("snapshot, %s is not there yet".formatted(file));
    } catch (IOException e) {
      fail("snapshot, %s cannot be read".formatted(file));
    }
  }

  /** What fits into this machine. */
  void limits() {
    long heapBytes = Runtime.getRuntime().maxMemory();
    StoreLimits limits = config.limits().forHeap(heapBytes);
    ok(
        "limits, %d peers in %d torrents with a heap of %d MiB"
            .formatted(limits.peers(), limits.swarms(), heapBytes >> 20));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long files = system.getMaxFileDescriptorCount();
      if (files < config.http().maxConnections()) {
        line(
            "note",
            "http.max_connections, %d, is more than this process may open files, %d (ulimit -n)"
                .formatted(config.http().maxConnections(), files));
      }
    }
  }

  private void ok(String what) {
    line("ok", what);
  }

  private void fail(String what) {
    failed = true;
    line("FAIL", what);
  }

  private void line(String verdict, String what) {
    out.printf("%-5s %s%n", verdict, what);
  }
}
