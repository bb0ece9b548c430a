package io.trakx.netty.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.config.ConfigException;
import io.trakx.netty.config.ConfigLoader;
import io.trakx.netty.config.ConfigSources;
import io.trakx.netty.config.TrakxConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On which threads a tracker under load is seen to write its database and its snapshot. */
@Tag("slow")
class EventLoopsTest {
  private static final Duration WATCHED = Duration.ofSeconds(8);

  /** Those of the public port and of the metrics port. */
  private static final Pattern EVENT_LOOP = Pattern.compile("trakx-(loop|metrics).*");

  private static final Pattern BLOCKING =
      Pattern.compile("(org\\.(jooq|h2|flywaydb)|com\\.(zaxxer|mysql))\\..*");

  private static final Pattern KEEPING =
      Pattern.compile("io\\.trakx\\.netty\\.(persistence|snapshot)\\..*");

  /** What monitors read, without any lock. */
  private static final Pattern FIGURES =
      Pattern.compile(
          ".*\\.((Persistence|Figures)\\.status|SampleRing\\.size|PersistenceStatus\\..*)");

  @TempDir Path directory;
  private final Set<String> keepers = new TreeSet<>();
  private final Set<String> offences = new TreeSet<>();

  @Test
  void nothingThatBlocksRunsOnAnEventLoop() throws Exception {
    int http = freePort();
    int metrics = freePort();
    try (TrakxServer server = TrakxServer.start(config(http, metrics), List.of("trakx"));
        HttpClient client = HttpClient.newHttpClient()) {
      server.reloadLists();
      long end = System.nanoTime() + WATCHED.toNanos();
      for (int i = 0; System.nanoTime() - end < 0; i++) {
        get(
            client,
            http,
            "/announce?info_hash=trakx-watched-%06d&peer_id=-TS0000-000000000001&port=1&left=1"
                .formatted(i));
        get(client, metrics, i % 2 == 0 ? "/readyz" : "/debug/vars");
        Thread.getAllStackTraces().forEach(this::look);
      }
    }

    assertThat(offences).isEmpty();
    assertThat(keepers).as("threads seen at work").contains("trakx-database", "trakx-snapshot");
  }

  private TrakxConfig config(int http, int metrics) throws ConfigException {
    return ConfigLoader.load(
            new ConfigSources(
                Optional.empty(),
                Map.of(),
                List.of(
                    "http.listen=127.0.0.1:" + http,
                    "udp.listen=",
                    "metrics.listen=127.0.0.1:" + metrics,
                    "data.directory=" + directory,
                    "database.flush_interval=1s",
                    "snapshot.interval=50ms")))
        .config();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void get(HttpClient client, int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    assertThat(
            client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  private void look(Thread thread, StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      String place = frame.getClassName() + "." + frame.getMethodName();
      boolean keeps = KEEPING.matcher(place).matches() && !FIGURES.matcher(place).matches();
      if (keeps || BLOCKING.matcher(place).matches()) {
        keepers.add(thread.getName());
        if (EVENT_LOOP.matcher(thread.getName()).matches()) {
          offences.add(place + " on " + thread.getName());
        }
      }
    }
  }
}
