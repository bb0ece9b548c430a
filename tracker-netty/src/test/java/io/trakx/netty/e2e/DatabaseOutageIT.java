package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.persistence.Ban;
import io.trakx.netty.persistence.DatabaseCommands;
import io.trakx.netty.persistence.DatabaseOptions;
import io.trakx.netty.persistence.DatabaseUrl;
import io.trakx.netty.persistence.MariaDbServer;
import io.trakx.netty.persistence.Password;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tracker with a MariaDB that is not there, or does not answer. */
@Tag("slow")
class DatabaseOutageIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String ONE = "aaaaaaaaaaaaaaaaaaaa";

  @TempDir Path directory;

  private MariaDbServer startServer() throws Exception {
    return MariaDbServer.start(Files.createDirectory(directory.resolve("mariadb")));
  }

  private TrakxProcess startTracker(MariaDbServer server) throws IOException {
    return TrakxProcess.start(
        directory,
        UnaryOperator.identity(),
        List.of("127.0.0.1:0"),
        "database.url=" + server.url("trakx"),
        "database.user=root",
        "database.flush_interval=1s",
        "database.close_timeout=2s");
  }

  private static DatabaseProbe database(MariaDbServer server) {
    return new DatabaseProbe("jdbc:mysql://127.0.0.1:" + server.port() + "/trakx", "root");
  }

  private static void complete(TrackerClient client, int firstPort, int count) throws IOException {
    for (int port = firstPort; port < firstPort + count; port++) {
      client.announce(ONE, port, 1, "started");
      client.announce(ONE, port, 0, "completed");
    }
  }

  private static void awaitReady(TrackerClient client, boolean ready) {
    Await.until(
        "database that is " + (ready ? "ready" : "away"),
        LIMIT,
        () -> client.part("database"),
        part -> part.path("ready").asBoolean(!ready) == ready);
  }

  @Test
  void databaseThatIsAbsentAtTheStartIsUsedWhenItComes() throws Exception {
    try (MariaDbServer server = startServer()) {
      server.kill();
      useWhenItComes(server);
      assertThat(database(server).completed()).isEqualTo(7);
    }
  }

  private void useWhenItComes(MariaDbServer server) throws Exception {
    try (TrakxProcess tracker = startTracker(server);
        TrackerClient client = new TrackerClient(tracker)) {
      awaitReady(client, false);
      complete(client, 1001, 7);
      assertThat(client.scrape(ONE).downloaded()).isEqualTo(7);
      assertThat(client.part("database").path("reason").asText()).isNotBlank();
      assertThat(client.readiness()).isEqualTo(200);

      server.start();
      awaitReady(client, true);

      assertThat(client.scrape(ONE).downloaded()).isEqualTo(7);
      Await.until("counts", LIMIT, database(server)::completed, completed -> completed == 7);
      assertThat(tracker.terminate()).isZero();
    }
  }

  @Test
  void whatWasBannedIsRefusedByAStartWithoutTheDatabase() throws Exception {
    try (MariaDbServer server = startServer()) {
      try (TrakxProcess tracker = startTracker(server);
          TrackerClient client = new TrackerClient(tracker)) {
        awaitReady(client, true);
        ban(server);
        Await.until("ban", LIMIT, () -> client.figure("trakx.database.bans"), bans -> bans == 1);
        assertThat(tracker.terminate()).isZero();
      }
      server.kill();

      try (TrakxProcess tracker = startTracker(server);
          TrackerClient client = new TrackerClient(tracker)) {
        assertRefused(client);
        awaitReady(client, false);
        assertRefused(client);
        assertThat(tracker.log()).contains("1 torrents banned, as the database said last");
        assertThat(tracker.terminate()).isZero();
      }
    }
  }

  private static void assertRefused(TrackerClient client) throws IOException {
    assertThat(client.announce(ONE, 1001, 1, "started").get("failure reason"))
        .asString()
        .endsWith("taken down");
  }

  private void ban(MariaDbServer server) throws Exception {
    DatabaseOptions options =
        DatabaseOptions.defaults(DatabaseUrl.parse(server.url("trakx"), directory))
            .withAccount("root", Password.none());
    try (DatabaseCommands commands = DatabaseCommands.open(options)) {
      commands.ban(new Ban("61".repeat(20), Optional.of("taken down"), Instant.EPOCH));
    }
  }

  @Test
  void stopWithoutAnAnswerEndsInTimeAndTheNextStartWritesTheRest() throws Exception {
    try (MariaDbServer server = startServer()) {
      stopWhileItIsHeld(server);
      server.goOn();
      writeTheRest(server);
      assertThat(database(server).completed()).isEqualTo(8);
    }
  }

  private void stopWhileItIsHeld(MariaDbServer server) throws Exception {
    try (TrakxProcess tracker = startTracker(server);
        TrackerClient client = new TrackerClient(tracker)) {
      awaitReady(client, true);
      complete(client, 1001, 3);
      Await.until("counts", LIMIT, database(server)::completed, completed -> completed == 3);

      server.hold();
      complete(client, 1101, 5);
      long stopNanos = System.nanoTime();
      assertThat(tracker.terminate()).isZero();

      assertThat(Duration.ofNanos(System.nanoTime() - stopNanos))
          .isLessThan(Duration.ofSeconds(10));
      assertThat(tracker.log())
          .contains("not written to the database: 5 completed downloads of 1 torrents")
          .contains("snapshot written: 8 peers");
    }
  }

  private void writeTheRest(MariaDbServer server) throws Exception {
    try (TrakxProcess tracker = startTracker(server);
        TrackerClient client = new TrackerClient(tracker)) {
      awaitReady(client, true);
      Await.until("counts", LIMIT, database(server)::completed, completed -> completed == 8);
      assertThat(client.scrape(ONE).downloaded()).isEqualTo(8);
      assertThat(tracker.terminate()).isZero();
    }
  }
}
