package io.trakx.netty.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.e2e.Await;
import io.trakx.netty.e2e.Requirements;
import io.trakx.netty.e2e.TrakxProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What a machine may run out of, or do wrong: the tracker serves, says so, and recovers. */
@Tag("slow")
@Timeout(300)
@Isolated("It measures what the tracker's process takes.")
class FaultsIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration WHILE = Effort.of(4, 0.02);
  private static final int FILES = 250;
  private static final int TORRENTS = 2000;

  @TempDir private Path directory;

  private static void awaitLog(TrakxProcess tracker, String text) {
    Await.until("log of " + text, LIMIT, tracker::log, log -> log.contains(text));
  }

  private static void awaitFine(Vitals vitals, String part, boolean fine) {
    Await.until(
        part + (fine ? " in order" : " in trouble"),
        LIMIT,
        () -> vitals.readiness().at("/parts/" + part),
        state -> state.path("ready").asBoolean() == fine);
  }

  private static boolean answersNewConnections(InetSocketAddress server) {
    try (HttpAsker asker = new HttpAsker(server, Sources.of(94, 1), false)) {
      return !asker.announce("any-torrent-at-all-0", 1, 1, "").ports().contains(0);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void withoutFileDescriptorsThoseConnectedAreServedAndTheOthersOnceThereAreSome()
      throws Exception {
    Requirements.programs(List.of("prlimit"));
    try (TrakxProcess tracker =
            Attacked.startUnder(
                directory,
                List.of("prlimit", "--nofile=%1$d:%1$d".formatted(FILES)),
                "database.flush_interval=1s",
                "snapshot.interval=1s");
        NormalClients clients = NormalClients.withoutNewConnections(tracker)) {
      awaitLog(tracker, "database: ");
      InetSocketAddress server = tracker.http().getFirst();
      Vitals vitals = new Vitals(tracker);
      Latencies before = clients.calm();
      double cpu;
      Latencies during;
      try (ManyConnections attack = ManyConnections.open(server, 4 * FILES, "GET /announce?")) {
        awaitLog(tracker, "accepting no HTTP connections for a second");
        awaitLog(tracker, "a snapshot cannot be written");
        double used = vitals.cpuSeconds();
        Wait.last(WHILE);
        cpu = (vitals.cpuSeconds() - used) * 1000 / WHILE.toMillis();
        during = clients.lap();
        assertThat(attack.count()).isEqualTo(4 * FILES);
      }
      long freed = System.nanoTime();
      Await.until("answer", LIMIT, () -> answersNewConnections(server), answered -> answered);
      double seconds = (System.nanoTime() - freed) / 1e9;
      awaitLog(tracker, "snapshots can be written again");
      for (String part : List.of("listeners", "snapshot", "database", "flush")) {
        awaitFine(vitals, part, true);
      }
      Latencies after = clients.calm();
      AttackTable.add(
          "no file descriptors left",
          "%d allowed, %d connections".formatted(FILES, 4 * FILES),
          String.format(
              Locale.ROOT,
              "%.0f %% of a core meanwhile; takes connections %.1f s after there are some, writes"
                  + " its snapshot again",
              cpu * 100,
              seconds),
          before,
          during,
          after);
      assertThat(during.faults()).isEmpty();
      assertThat(cpu).as("cores in use").isLessThan(0.5);
      Attacked.assertBoundedLog(tracker);
    }
  }

  @Test
  void onAFullDiskItServesAndWritesEverythingOnceThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 48)) {
      try (TrakxProcess tracker =
              Attacked.start(
                  directory,
                  "data.directory=" + disk.path(),
                  "database.flush_interval=1s",
                  "snapshot.interval=1s");
          NormalClients clients = NormalClients.of(tracker)) {
        awaitLog(tracker, "database: ");
        Vitals vitals = new Vitals(tracker);
        Latencies before = clients.calm();
        disk.fill();
        announceNewTorrents(tracker);
        awaitFine(vitals, "snapshot", false);
        awaitFine(vitals, "database", false);
        Wait.last(WHILE);
        Latencies during = clients.lap();
        disk.empty();
        long freed = System.nanoTime();
        awaitFine(vitals, "snapshot", true);
        awaitFine(vitals, "database", true);
        Await.until(
            "rows of all torrents",
            LIMIT,
            () -> vitals.figure("trakx.database.torrents_written"),
            rows -> rows >= TORRENTS);
        double seconds = (System.nanoTime() - freed) / 1e9;
        Latencies after = clients.calm();
        AttackTable.add(
            "disk full",
            "database and snapshot on it, %,d new torrents meanwhile".formatted(TORRENTS),
            String.format(
                Locale.ROOT,
                "`/readyz` says so; all is written %.1f s after there is room",
                seconds),
            before,
            during,
            after);
        assertThat(during.faults()).isEmpty();
        assertThat(tracker.log()).contains("is away", "is back", "snapshots can be written again");
        Attacked.assertBoundedLog(tracker);
      }
    }
  }

  private static void announceNewTorrents(TrakxProcess tracker) throws IOException {
    try (HttpAsker asker = new HttpAsker(tracker.http().getFirst(), Sources.of(94, 2), true)) {
      for (int i = 0; i < TORRENTS; i++) {
        asker.announce("torrent-when-f%06d".formatted(i), 1, 0, "");
      }
    }
  }

  @Test
  void aClockSetBackAnHourAndForwardAgainHarmsNobody() throws Exception {
    Path now = directory.resolve("clock");
    setClock(now, 0);
    try (TrakxProcess tracker =
            Attacked.startUnder(
                directory,
                List.of(
                    "env",
                    "LD_PRELOAD=" + fakeTime(),
                    "FAKETIME_TIMESTAMP_FILE=" + now,
                    "FAKETIME_CACHE_DURATION=1",
                    "FAKETIME_DONT_FAKE_MONOTONIC=1"),
                "database.flush_interval=1s",
                "snapshot.interval=1s");
        NormalClients clients = NormalClients.of(tracker)) {
      awaitLog(tracker, "database: ");
      Vitals vitals = new Vitals(tracker);
      Latencies before = clients.calm();
      setClock(now, -3600);
      awaitLog(tracker, "the system's clock was set back by 3");
      awaitProgress(vitals);
      Latencies during = clients.lap();
      setClock(now, 0);
      awaitLog(tracker, "the system's clock was set forward by 3");
      awaitProgress(vitals);
      Latencies after = clients.calm();
      AttackTable.add(
          "clock set back an hour, and forward again",
          "the process's wall clock, while it runs",
          "says so; database and snapshot go on being written",
          before,
          during,
          after);
      assertThat(during.faults()).isEmpty();
      assertThat(vitals.readiness().path("ready").asBoolean()).isTrue();
      Attacked.assertCalmLog(tracker);
    }
  }

  private static void awaitProgress(Vitals vitals) {
    for (String figure : List.of("trakx.database.flushes", "trakx.snapshot.written")) {
      long reached = vitals.figure(figure);
      Await.until(
          "further " + figure, LIMIT, () -> vitals.figure(figure), value -> value > reached + 1);
    }
  }

  private static void setClock(Path file, int seconds) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next-clock"), "%+d%n".formatted(seconds));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The library of Debian's package faketime. */
  private static Path fakeTime() throws IOException {
    try (Stream<Path> found =
        Files.find(
            Path.of("/usr/lib"), 3, (path, _) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
      List<Path> libraries = found.toList();
      Requirements.require(!libraries.isEmpty(), "Debian's package faketime is missing");
      return libraries.getFirst();
    }
  }
}
