package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.e2e.TrackerClient.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a restart finds again, after a stop and after a kill, with the embedded database. */
class RestartIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int KILLS = Integer.getInteger("trakx.test.kills", 20);
  private static final String ONE = "aaaaaaaaaaaaaaaaaaaa";
  private static final String TWO = "cccccccccccccccccccc";
  private static final String ONE_IN_HEX = "61".repeat(20);

  @TempDir Path directory;

  private TrakxProcess start(String... settings) throws IOException {
    return TrakxProcess.start(
        directory, UnaryOperator.identity(), List.of("127.0.0.1:0"), settings);
  }

  private static void awaitDatabase(TrackerClient client) {
    Await.until(
        "database",
        LIMIT,
        () -> client.part("database"),
        part -> part.path("ready").asBoolean(false));
  }

  /** The peers that an announce of a seeder's is answered with. */
  private static Set<String> peers(TrackerClient client, String infoHash) throws IOException {
    String peers = (String) client.announce(infoHash, 1, 1, "started").get("peers");
    Set<String> all = new TreeSet<>();
    for (int i = 0; i < String.valueOf(peers).length(); i += 6) {
      all.add(String.valueOf(peers).substring(i, i + 6));
    }
    return all;
  }

  @Test
  void stopKeepsSwarmsAndCounts() throws Exception {
    Set<String> peersBefore;
    try (TrakxProcess tracker = start();
        TrackerClient client = new TrackerClient(tracker)) {
      for (int port = 1001; port <= 1100; port++) {
        client.announce(ONE, port, 1, "started");
      }
      client.announce(ONE, 1001, 0, "completed");
      client.announce(TWO, 2000, 1, "started");
      client.announce(TWO, 2000, 0, "completed");
      client.announce(TWO, 2000, 0, "stopped");
      peersBefore = peers(client, ONE);
      assertThat(peersBefore).hasSize(100);

      assertThat(tracker.terminate()).isZero();
      assertThat(tracker.log()).contains("snapshot written: 101 peers").doesNotContain("WARN");
    }

    try (TrakxProcess tracker = start();
        TrackerClient client = new TrackerClient(tracker)) {
      assertThat(tracker.log()).contains(" read in ").contains("101 peers in ");
      assertThat(client.scrape(List.of(ONE, TWO)))
          .containsExactly(
              Map.entry(ONE, new Counts(1, 100, 1)), Map.entry(TWO, new Counts(0, 0, 1)));
      assertThat(peers(client, ONE)).isEqualTo(peersBefore);

      awaitDatabase(client);
      assertThat(client.scrape(ONE)).isEqualTo(new Counts(1, 100, 1));
      assertThat(tracker.terminate()).isZero();
    }
    assertThat(DatabaseProbe.embedded(directory).completed()).isEqualTo(2);
  }

  @Test
  void countsComeBackFromTheDatabaseAlone() throws Exception {
    try (TrakxProcess tracker = start("snapshot.interval=0s");
        TrackerClient client = new TrackerClient(tracker)) {
      client.announce(ONE, 1001, 1, "started");
      client.announce(ONE, 1001, 0, "completed");

      assertThat(tracker.terminate()).isZero();
    }

    try (TrakxProcess tracker = start("snapshot.interval=0s");
        TrackerClient client = new TrackerClient(tracker)) {
      awaitDatabase(client);

      assertThat(client.scrape(ONE)).isEqualTo(new Counts(0, 0, 1));
    }
  }

  @Test
  @Tag("slow")
  @Timeout(3600)
  void killsUnderLoadLoseNothingThatWasWrittenAndCountNothingTwice() throws Exception {
    String[] settings = {
      "database.flush_interval=1s", "snapshot.interval=1s", "limits.ports_per_address=0"
    };
    DownloadLoad load = new DownloadLoad();
    long[] completed = load.answered();
    long[] peers = load.joined();
    for (int kill = 0; kill < KILLS; kill++) {
      try (TrakxProcess tracker = start(settings);
          TrackerClient client = new TrackerClient(tracker)) {
        awaitDatabase(client);
        load.check(client, completed, peers);
        load.start(tracker);
        long begun = load.allAnswered();
        Await.until("downloads", LIMIT, load::allAnswered, count -> count > begun + 1000);
        completed = load.answered();
        peers = load.joined();
        // One may have been under way; the next has all of that.
        awaitMore(client, "trakx.database.flushes", 2);
        awaitMore(client, "trakx.snapshot.written", 2);

        tracker.kill();
        load.stop();
      }
    }
    try (TrakxProcess tracker = start(settings);
        TrackerClient client = new TrackerClient(tracker)) {
      awaitDatabase(client);
      load.check(client, completed, peers);

      assertThat(tracker.terminate()).isZero();
      assertThat(tracker.log()).doesNotContain("WARN", "ERROR");
    }
    assertThat(DatabaseProbe.embedded(directory).completed()).isEqualTo(load.allAnswered());
  }

  private static void awaitMore(TrackerClient client, String figure, long more) {
    long before = client.figure(figure);
    Await.until(
        more + " more of " + figure,
        LIMIT,
        () -> client.figure(figure),
        now -> now >= before + more);
  }

  @Test
  @Tag("slow")
  void historyHasEachAnnounceOnceAfterAKillAndAStop() throws Exception {
    DatabaseProbe database = DatabaseProbe.embedded(directory);
    try (TrakxProcess tracker = start("database.flush_interval=1s");
        TrackerClient client = new TrackerClient(tracker)) {
      awaitDatabase(client);
      for (int port = 1001; port <= 1020; port++) {
        client.announce(ONE, port, 1, "started");
      }
      // A minute is written when it has ended.
      Await.until(
          "minute in the history",
          Duration.ofSeconds(90),
          database::announces,
          announces -> announces == 20);
      // Others see it a moment before it is on the disk, where no kill undoes it.
      Await.until(
          "minute on the disk",
          LIMIT,
          () -> client.figure("trakx.database.samples_waiting"),
          waiting -> waiting == 0);
    }

    try (TrakxProcess tracker = start();
        TrackerClient client = new TrackerClient(tracker)) {
      awaitDatabase(client);
      for (int port = 1021; port <= 1050; port++) {
        client.announce(ONE, port, 1, "started");
      }
      assertThat(tracker.terminate()).isZero();
    }

    assertThat(database.announces()).isEqualTo(50);
  }

  @Test
  void damagedSnapshotIsSetAsideAndTheTrackerStarts() throws Exception {
    try (TrakxProcess tracker = start();
        TrackerClient client = new TrackerClient(tracker)) {
      client.announce(ONE, 1001, 1, "started");
      client.announce(ONE, 1001, 0, "completed");
      assertThat(tracker.terminate()).isZero();
    }
    Path snapshot = directory.resolve("data/swarms.snapshot");
    byte[] bytes = Files.readAllBytes(snapshot);
    bytes[bytes.length / 2] ^= 1;
    Files.write(snapshot, bytes);

    try (TrakxProcess tracker = start();
        TrackerClient client = new TrackerClient(tracker)) {
      assertThat(tracker.log().lines())
          .filteredOn(line -> line.contains(" WARN "))
          .singleElement()
          .asString()
          .contains("the snapshot is not usable", "it is kept as ", ".damaged-");
      awaitDatabase(client);
      assertThat(client.scrape(ONE).downloaded()).isEqualTo(1);
    }
    try (Stream<Path> files = Files.list(directory.resolve("data"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("swarms.snapshot.damaged-"));
    }
  }

  @Test
  void banTakesEffectInARunningTracker() throws Exception {
    try (TrakxProcess tracker = start();
        TrackerClient client = new TrackerClient(tracker)) {
      awaitDatabase(client);
      assertThat(client.announce(ONE, 1001, 1, "started")).containsKey("peers");

      assertThat(command("ban", "add", ONE_IN_HEX, "taken", "down"))
          .isEqualTo("0\n" + ONE_IN_HEX + " is banned\n");
      Await.until(
          "refusal",
          Duration.ofSeconds(10),
          () -> reason(client),
          reason -> reason.endsWith("taken down"));
      assertThat(command("ban", "list")).matches("0\n" + ONE_IN_HEX + " \\S+Z taken down\n");

      assertThat(command("ban", "remove", ONE_IN_HEX)).startsWith("0\n");
      Await.until("answer", Duration.ofSeconds(10), () -> reason(client), String::isEmpty);
      assertThat(command("ban", "remove", ONE_IN_HEX))
          .isEqualTo("1\ntrakx: " + ONE_IN_HEX + " is not banned\n");
    }
  }

  private static String reason(TrackerClient client) {
    try {
      Object reason = client.announce(ONE, 1001, 1, "started").get("failure reason");
      return reason == null ? "" : reason.toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void secondTrackerOfADataDirectoryIsRefused() throws Exception {
    try (TrakxProcess tracker = start()) {
      assertThat(command("serve", "--set=http.listen=127.0.0.1:0", "--set=metrics.listen="))
          .isEqualTo("1\ntrakx: data.directory, data is in use by another tracker\n");
      assertThat(tracker.terminate()).isZero();
    }
  }

  /** Exit code and output of a command beside the tracker. */
  private String command(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(TrakxProcess.launcher().toString()));
    command.addAll(List.of(words));
    try (ClientProcess process =
        ClientProcess.start(
            "command",
            directory,
            Map.of("TRAKX_JAVA_HOME", System.getProperty("java.home")),
            command)) {
      int exitCode = process.awaitExit((int) LIMIT.toSeconds());
      return exitCode + "\n" + process.output();
    }
  }
}
