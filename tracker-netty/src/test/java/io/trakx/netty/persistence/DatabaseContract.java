package io.trakx.netty.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trakx.core.swarm.PendingCompletions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds with every database. */
abstract class DatabaseContract {
  private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

  private final FakeTime time = new FakeTime();
  private final UUID writer = UUID.randomUUID();
  private DatabaseOptions options;

  /** A database with nothing in it. */
  abstract DatabaseOptions emptyDatabase() throws Exception;

  /** The version of its tables. */
  abstract String schemaVersion();

  @BeforeEach
  void makeDatabase() throws Exception {
    options = emptyDatabase();
  }

  private Life life() {
    return new Life(options, writer, time);
  }

  @Test
  void isBroughtUpToDateOnceHoweverManyStartTogether() throws Exception {
    assertThat(DatabaseCommands.check(options).schemaVersion()).isEqualTo("none");
    int trackers = 4;
    try (ExecutorService threads = Executors.newFixedThreadPool(trackers)) {
      Callable<String> start =
          () -> {
            try (Database database = Database.open(options)) {
              return database.server().product();
            }
          };
      List<Future<String>> starts = new ArrayList<>();
      for (int i = 0; i < trackers; i++) {
        starts.add(threads.submit(start));
      }
      for (Future<String> started : starts) {
        assertThat(started.get()).isNotEmpty();
      }
    }
    DatabaseReport report = DatabaseCommands.check(options);
    assertThat(report.schemaVersion()).isEqualTo(schemaVersion());
    assertThat(report.pendingMigrations()).isZero();
  }

  @Test
  void bringsCompletedCountsBack() {
    try (Life life = life()) {
      life.swarms.complete(1, 1);
      life.swarms.complete(1, 2);
      life.swarms.leech(2, 1);
      life.flushAll();
      life.swarms.complete(1, 3);
      life.flushAll();
    }
    try (Life next = life()) {
      next.work();
      assertThat(next.swarms.scrape(1)).isEqualTo("0/0/3");
      assertThat(next.status().torrentsLoaded()).isEqualTo(2);
      assertThat(next.status().state()).isEqualTo(PersistenceStatus.State.READY);
    }
  }

  @Test
  void correctsRowsOfTorrentsWhosePeersDidNotComeBack() {
    try (Life life = life()) {
      life.swarms.complete(1, 1);
      life.swarms.leech(2, 1);
      life.flushAll();
      assertThat(row(life, 1)).isEqualTo("1/0/1");
      assertThat(row(life, 2)).isEqualTo("0/1/0");
    }
    try (Life next = life()) {
      next.work();
      next.flushAll();
      assertThat(row(next, 1)).isEqualTo("0/0/1");
      assertThat(row(next, 2)).isEqualTo("0/0/0");
      assertThat(next.swarms.store.totals().torrents()).isEqualTo(1);
    }
  }

  @Test
  void looksUpWhatIsAnnouncedBeforeItWasBroughtBack() {
    try (Life life = life()) {
      life.swarms.complete(1, 1);
      life.flushAll();
    }
    try (Life next = life()) {
      next.swarms.complete(1, 2);
      assertThat(next.swarms.scrape(1)).isEqualTo("1/0/1");
      next.flushAll();
      assertThat(next.swarms.scrape(1)).isEqualTo("1/0/2");
      assertThat(row(next, 1)).isEqualTo("1/0/2");
    }
  }

  @Test
  void addsUpWhatSeveralTrackersCount() {
    try (Life one = life();
        Life other = new Life(options, UUID.randomUUID(), time)) {
      for (int peer = 1; peer <= 3; peer++) {
        one.swarms.complete(1, peer);
        one.flushAll();
        other.swarms.complete(1, peer);
        other.flushAll();
      }
      assertThat(row(one, 1)).isEqualTo("3/0/6");
    }
  }

  @Test
  void writesManyBatchesInOneRound() {
    try (Life life = life()) {
      for (int torrent = 0; torrent < 10 * Life.BATCH + 1; torrent++) {
        life.swarms.complete(torrent, 1);
      }
      life.work();
      assertThat(life.status().torrentsWritten()).isEqualTo(10 * Life.BATCH + 1);
      assertThat(row(life, 10 * Life.BATCH)).isEqualTo("1/0/1");
      assertThat(life.swarms.changes.pending().size()).isZero();
    }
  }

  /** Some statements of as many rows as they take, and one of what is left. */
  @Test
  void writesEachTorrentOfALargeBatchOnce() {
    int torrents = 1_003;
    try (Life life = new Life(options, writer, time, null, torrents)) {
      for (int peer = 1; peer <= 2; peer++) {
        for (int torrent = 0; torrent < torrents; torrent++) {
          life.swarms.complete(torrent, peer);
          if (torrent % 3 == 0) {
            life.swarms.leech(torrent, 10 + peer);
          }
        }
        life.flushAll();
      }
      for (int torrent = 0; torrent < torrents; torrent++) {
        assertThat(row(life, torrent)).isEqualTo(torrent % 3 == 0 ? "2/2/2" : "2/0/2");
      }
    }
  }

  /** Killed in the middle of a round, with a snapshot from before it. */
  @Test
  void settlesWhatAKilledProcessLeftTorrentByTorrent() throws DatabaseException {
    int torrents = 3 * Life.BATCH;
    Life killed = life();
    for (int torrent = 0; torrent < torrents; torrent++) {
      killed.swarms.complete(torrent, 1);
    }
    PendingCompletions kept = killed.swarms.changes.pending();
    Database database = killed.worker.reach();
    assertThat(database).isNotNull();
    killed.flush.writeBatch(database);
    killed.flush.writeBatch(database);
    killed.close();

    try (Life next = new Life(options, writer, time, kept, Life.BATCH)) {
      next.work();
      next.flushAll();
      for (int torrent = 0; torrent < torrents; torrent++) {
        assertThat(row(next, torrent)).isEqualTo("0/0/1");
        assertThat(next.swarms.scrape(torrent)).isEqualTo("0/0/1");
      }
    }
  }

  @Test
  void letsOnlyOneProcessWriteAsATracker() {
    try (Life first = life();
        Life second = life()) {
      first.flushAll();
      second.flushAll();
      first.swarms.complete(1, 1);
      second.swarms.complete(2, 1);
      first.work();
      second.flushAll();
      assertThat(first.status().trouble())
          .hasValueSatisfying(s -> assertThat(s).contains("another process"));
      time.pass(Duration.ofMinutes(1));
      first.work();
      assertThat(first.status().trouble()).isPresent();
      assertThat(first.swarms.changes.pending().size()).isEqualTo(1);
      assertThat(row(second, 2)).isEqualTo("1/0/1");
    }
  }

  @Test
  void deletesIdleTorrentsThatNobodyCompleted() {
    try (Life life = life()) {
      life.swarms.leech(1, 1);
      life.swarms.leech(2, 1);
      life.swarms.complete(3, 1);
      life.flushAll();
      life.swarms.stop(1, 1);
      life.swarms.stop(3, 1);
      life.flushAll();
      time.pass(options.pruneAfter().minusHours(2));
      life.work();
      assertThat(row(life, 1)).isEqualTo("0/0/0");
      time.pass(Duration.ofHours(4));
      life.work();
      assertThat(row(life, 1)).isEqualTo("none");
      assertThat(row(life, 2)).isEqualTo("0/1/0");
      assertThat(row(life, 3)).isEqualTo("0/0/1");
      assertThat(life.status().torrentsPruned()).isEqualTo(1);
    }
  }

  @Test
  void tellsARunningTrackerOfBansWithinSeconds() throws DatabaseException {
    Ban ban = new Ban(HASH, Optional.of("naïve ☠ “why”"), time.now());
    try (Life life = life();
        DatabaseCommands commands = DatabaseCommands.open(options)) {
      life.work();
      assertThat(life.bans).containsExactly(List.of());
      assertThat(commands.ban(ban)).isTrue();
      time.pass(Duration.ofSeconds(2));
      life.work();
      assertThat(life.bans.getLast()).containsExactly(ban);
      Ban again = new Ban(HASH, Optional.empty(), time.now());
      assertThat(commands.ban(again)).isFalse();
      assertThat(commands.bans()).containsExactly(new Ban(HASH, Optional.empty(), ban.since()));
      time.pass(Duration.ofSeconds(2));
      life.work();
      time.pass(Duration.ofSeconds(2));
      life.work();
      assertThat(life.bans).hasSize(3);
      assertThat(commands.unban(HASH)).isTrue();
      assertThat(commands.unban(HASH)).isFalse();
      time.pass(Duration.ofSeconds(2));
      life.work();
      assertThat(life.bans.getLast()).isEmpty();
      assertThat(life.bans).hasSize(4);
    }
  }

  @Test
  void makesSamplesOfHoursAndDaysFromThoseOfMinutes() throws DatabaseException {
    Instant day = Instant.parse("2026-02-03T00:00:00Z");
    List<Sample> minutes = new ArrayList<>();
    for (int minute = 0; minute < 120; minute++) {
      minutes.add(sample(day.plusSeconds(60L * minute), minute, 1));
    }
    try (Database database = Database.open(options)) {
      SampleTable.write(database.sql(), 7, minutes);
      // Once more changes nothing.
      SampleTable.write(database.sql(), 7, minutes.subList(30, 90));
      assertThat(read(database, Resolution.MINUTE)).isEqualTo(minutes);
      assertThat(read(database, Resolution.HOUR))
          .containsExactly(sample(day, 30, 60), sample(day.plusSeconds(3600), 90, 60));
      assertThat(read(database, Resolution.DAY)).containsExactly(sample(day, 60, 120));

      DatabaseOptions.Retention keep = DatabaseOptions.Retention.DEFAULT;
      SampleTable.prune(database.sql(), keep, day.plus(Duration.ofDays(3)));
      assertThat(read(database, Resolution.MINUTE)).isEmpty();
      assertThat(read(database, Resolution.HOUR)).hasSize(2);
      SampleTable.prune(database.sql(), keep, day.plus(Duration.ofDays(61)));
      assertThat(read(database, Resolution.HOUR)).isEmpty();
      assertThat(read(database, Resolution.DAY)).hasSize(1);
    }
  }

  @Test
  void keepsWhatTheFirstVersionWrote() throws Exception {
    Instant minute = Instant.parse("2026-11-24T12:34:00Z");
    FirstVersion.make(options);
    FirstVersion.execute(
        options,
        "insert into writer (name, session, sequence, started) values ('" + writer + "', 1, 9, 2)",
        "insert into torrent select " + FirstVersion.hash(1) + ", 3, 4, 5, 6, 7, id, 8 from writer",
        "insert into torrent select " + FirstVersion.hash(2) + ", 0, 0, 0, 6, 7, id, 8 from writer",
        "insert into ban values ("
            + FirstVersion.hash(3)
            + ", 'why', "
            + time.now().getEpochSecond()
            + ")",
        "insert into sample values (7, 60, "
            + minute.getEpochSecond()
            + ", 3, 3, 3, 3, 3, 4, 4, 4, 4)");
    assertThat(DatabaseCommands.check(options).schemaVersion()).isEqualTo("1");
    try (Database database = Database.open(options)) {
      assertThat(read(database, Resolution.MINUTE))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("memory")
          .containsExactly(sample(minute, 3, 4));
      assertThat(read(database, Resolution.MINUTE).getFirst().memory())
          .isEqualTo(new MemoryUse(0, 0));
      assertThat(BanTable.all(database.sql()))
          .containsExactly(new Ban(Swarms.infoHash(3).toString(), Optional.of("why"), time.now()));
      assertThat(
              database
                  .sql()
                  .fetch(
                      "select seeders, leechers, completed, first_seen, last_seen, sequence from"
                          + " torrent order by completed")
                  .formatCSV(false))
          .isEqualTo("0,0,0,6,7,8\n3,4,5,6,7,8\n");
    }
    assertThat(DatabaseCommands.check(options).pendingMigrations()).isZero();
    try (Life life = life()) {
      life.swarms.complete(1, 1);
      life.work();
      life.flushAll();
      assertThat(life.swarms.scrape(1)).isEqualTo("1/0/6");
      assertThat(row(life, 1)).isEqualTo("1/0/6");
    }
  }

  @Test
  void findsTorrentsAndReadsThemPageByPage() {
    int torrents = 7;
    try (Life life = life()) {
      for (int torrent = 0; torrent < torrents; torrent++) {
        life.swarms.complete(torrent, 1);
      }
      life.swarms.leech(torrents, 1);
      life.flushAll();
      Database database = life.worker.reach();
      assertThat(database).isNotNull();
      DSLContext sql = database.sql();
      List<String> read = new ArrayList<>();
      TorrentTable.RowVisitor visitor =
          (hash, completed, seeders, leechers, by, sequence) ->
              read.add(HexFormat.of().formatHex(hash) + " " + completed);
      int pages = 0;
      byte[] last = null;
      do {
        last = TorrentTable.page(sql, 0, last, 3, visitor);
        pages++;
      } while (last != null);
      assertThat(pages).isEqualTo(4);
      assertThat(read)
          .containsExactlyElementsOf(
              IntStream.range(0, torrents)
                  .mapToObj(torrent -> Swarms.infoHash(torrent) + " 1")
                  .sorted()
                  .toList());
      read.clear();
      TorrentTable.find(sql, List.of(bytes(torrents), bytes(torrents + 1), bytes(2)), visitor);
      assertThat(read)
          .containsExactlyInAnyOrder(Swarms.infoHash(torrents) + " 0", Swarms.infoHash(2) + " 1");
    }
  }

  @Test
  void addsUpWhatTwoProcessesCountedInOneMinute() throws DatabaseException {
    Instant minute = Instant.parse("2026-11-24T12:34:00Z");
    try (Database database = Database.open(options)) {
      for (int process = 0; process < 3; process++) {
        SampleRing ring = new SampleRing();
        SampleWriter writer = new SampleWriter(ring, () -> 7);
        writer.reached(database);
        ring.add(sample(minute, process, 10));
        // As after a commit of which nobody heard.
        writer.write(database, ring.first(10));
        writer.run(database);
      }
      assertThat(read(database, Resolution.MINUTE)).containsExactly(sample(minute, 2, 30));
    }
  }

  /** Whatever the system's clock does, the database and the process. */
  @Test
  void losesNothingOfMinutesThatComeAgain() throws DatabaseException {
    Instant first = Instant.parse("2026-11-24T12:30:00Z");
    Random random = new Random(1);
    long[] counted = new long[8];
    try (Database database = Database.open(options)) {
      for (int process = 0; process < 10; process++) {
        SampleRing ring = new SampleRing();
        SampleWriter writer = new SampleWriter(ring, () -> 7);
        writer.reached(database);
        for (int i = 0; i < 10; i++) {
          for (int samples = random.nextInt(4); samples > 0; samples--) {
            int minute = random.nextInt(counted.length);
            int count = 1 + random.nextInt(9);
            ring.add(sample(first.plusSeconds(60L * minute), 1, count));
            counted[minute] += count;
          }
          List<Sample> samples = ring.first(10);
          if (random.nextBoolean() && !samples.isEmpty()) {
            writer.write(database, samples); // A commit of which nobody heard.
          } else {
            writer.run(database);
          }
        }
        writer.run(database);
      }
      assertThat(read(database, Resolution.MINUTE))
          .extracting(Sample::announces)
          .containsExactlyElementsOf(Arrays.stream(counted).boxed().toList());
      assertThat(read(database, Resolution.DAY))
          .extracting(Sample::announces)
          .containsExactly(Arrays.stream(counted).sum());
    }
  }

  @Test
  void historyIsReadBesideWhoWrites() throws DatabaseException {
    Instant minute = Instant.parse("2026-11-24T12:34:00Z");
    DatabaseHistory history = new DatabaseHistory(() -> 7);
    assertThatThrownBy(() -> history.read(Resolution.MINUTE, minute, minute.plusSeconds(1)))
        .isInstanceOf(DatabaseException.class);
    try (Database database = Database.open(options)) {
      history.reached(database);
      SampleTable.write(database.sql(), 7, List.of(sample(minute, 1, 2)));
      SampleTable.write(database.sql(), 8, List.of(sample(minute, 3, 4)));
      List<Sample> read =
          database.inTransaction(
              _ -> {
                try {
                  return history.read(Resolution.MINUTE, minute, minute.plusSeconds(1));
                } catch (DatabaseException e) {
                  throw new AssertionError("a second connection is needed", e);
                }
              });
      assertThat(read).containsExactly(sample(minute, 1, 2));
    }
    assertThatThrownBy(() -> history.read(Resolution.MINUTE, minute, minute.plusSeconds(1)))
        .isInstanceOf(DatabaseException.class);
  }

  private static List<Sample> read(Database database, Resolution resolution) {
    return SampleTable.read(
        database.sql(), 7, resolution, Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z"));
  }

  private static Sample sample(Instant begins, long held, long counted) {
    return new Sample(
        begins,
        held,
        held,
        held,
        held,
        held,
        counted,
        counted,
        counted,
        counted,
        new MemoryUse(held, held));
  }

  /** Seeders, leechers and completed of a torrent's row. */
  static String row(Life life, int torrent) {
    List<String> rows = new ArrayList<>();
    Database database = life.worker.reach();
    assertThat(database).isNotNull();
    TorrentTable.find(
        database.sql(),
        List.of(bytes(torrent)),
        (hash, completed, seeders, leechers, writer, sequence) ->
            rows.add(seeders + "/" + leechers + "/" + completed));
    return rows.isEmpty() ? "none" : rows.getFirst();
  }

  private static byte[] bytes(int torrent) {
    return HexFormat.of().parseHex(Swarms.infoHash(torrent).toString());
  }
}
