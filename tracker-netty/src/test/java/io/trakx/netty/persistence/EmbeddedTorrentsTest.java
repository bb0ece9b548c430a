package io.trakx.netty.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two tables in which the embedded database has torrents, and how they came from one. */
class EmbeddedTorrentsTest {
  private static final String TWO_TABLES = "/db/embedded/V3__torrents_in_two_tables.sql";
  private static final String BLOCKS = "/db/embedded/V4__torrents_in_blocks.sql";

  /** In one of the two, in both, those without counts, and blocks without torrents. */
  private static final String COUNTS =
      "select (select count(*) from torrent_hash), (select count(*) from torrent),"
          + " (select count(*) from torrent where completed is null or last_seen is null),"
          + " (select count(*) from torrent_block b"
          + " where not exists (select 1 from torrent_hash h where h.id / 8 = b.id))";

  private final FakeTime time = new FakeTime();
  private DatabaseOptions options;

  @TempDir private Path directory;

  @BeforeEach
  void makeOptions() {
    options = options(directory);
  }

  private static DatabaseOptions options(Path directory) {
    return DatabaseOptions.defaults(DatabaseUrl.parse("", directory));
  }

  @Test
  void noneIsHalfThereAfterManyCameAndWent() throws DatabaseException {
    try (Life life = new Life(options, UUID.randomUUID(), time)) {
      for (int torrent = 0; torrent < 3 * Life.BATCH; torrent++) {
        life.swarms.leech(torrent, 1);
      }
      life.flushAll();
      for (int torrent = 0; torrent < 2 * Life.BATCH; torrent++) {
        life.swarms.stop(torrent, 1);
      }
      life.flushAll();
      time.pass(options.pruneAfter().plusHours(1));
      life.work();
      assertThat(life.status().torrentsPruned()).isEqualTo(2 * Life.BATCH);
      for (int torrent = Life.BATCH; torrent < 4 * Life.BATCH; torrent++) {
        life.swarms.complete(torrent, 2);
      }
      life.flushAll();
      try (Database database = Database.open(options)) {
        assertThat(csv(database.sql(), COUNTS)).isEqualTo("150,150,0,0\n");
        assertThat(csv(database.sql(), "select sum(completed) from torrent")).isEqualTo("150\n");
      }
    }
  }

  @Test
  void aBatchLeavesTheOthersOfItsBlocks() throws DatabaseException {
    int torrents = 2 * EmbeddedTorrents.PLACES + 3;
    try (Life life = new Life(options, UUID.randomUUID(), time)) {
      for (int torrent = 0; torrent < torrents; torrent++) {
        life.swarms.complete(torrent, 1);
      }
      life.flushAll();
      time.pass(Duration.ofHours(1));
      life.swarms.complete(3, 2);
      life.swarms.complete(torrents, 1);
      life.flushAll();
    }
    try (Database database = Database.open(options)) {
      assertThat(
              csv(
                  database.sql(),
                  "select count(*), sum(seeders), sum(completed) from torrent"
                      + " group by last_seen, sequence order by last_seen"))
          .isEqualTo("%d,%d,%d\n2,3,3\n", torrents - 1, torrents - 1, torrents - 1);
    }
  }

  @Test
  void pruningThatFailsDeletesNothing() throws DatabaseException {
    try (Life life = new Life(options, UUID.randomUUID(), time)) {
      life.swarms.leech(1, 1);
      life.flushAll();
      life.swarms.stop(1, 1);
      life.flushAll();
    }
    try (Database database = Database.open(options)) {
      DSLContext sql = database.sql();
      sql.execute("create table keeps (id bigint references torrent_hash (id))");
      sql.execute("insert into keeps select id from torrent_hash");
      assertThatThrownBy(() -> TorrentTable.prune(sql, null, null, time.now().plusSeconds(1)))
          .hasMessageContaining("KEEPS");
      assertThat(csv(sql, COUNTS)).isEqualTo("1,1,0,0\n");
    }
  }

  /** Everything else goes on meanwhile, and not only to reach the database for it. */
  @Test
  void pruningThatAlwaysFailsIsTriedLessAndLess() throws DatabaseException {
    try (Life life = new Life(options, UUID.randomUUID(), time)) {
      life.swarms.leech(1, 1);
      life.flushAll();
      life.swarms.stop(1, 1);
      life.flushAll();
      execute(
          "create table keeps (id bigint references torrent_hash (id))",
          "insert into keeps select id from torrent_hash");
      time.pass(options.pruneAfter().plusHours(1));
      live(life, 240);
      life.swarms.complete(2, 1);
      live(life, 60);
      assertThat(life.status().failures()).isBetween(5L, 5L + 300 / 30);
      assertThat(DatabaseContract.row(life, 2)).isEqualTo("1/0/1");
      execute("drop table keeps");
      live(life, 60);
      assertThat(life.status().torrentsPruned()).isOne();
      assertThat(life.status().trouble()).isEmpty();
    }
  }

  private void live(Life life, int seconds) {
    for (int second = 0; second < seconds; second++) {
      life.work();
      time.pass(Duration.ofSeconds(1));
    }
  }

  private void execute(String... statements) throws DatabaseException {
    try (Database database = Database.open(options)) {
      for (String statement : statements) {
        database.sql().execute(statement);
      }
    }
  }

  /** Killed after each statement of the script, which is then run from its begin. */
  @Test
  void oldOnesMoveThereWheneverTheProcessIsKilled() throws Exception {
    List<String> script = script(TWO_TABLES);
    for (int done = 0; done <= script.size(); done++) {
      DatabaseOptions killed = options(directory.resolve("killed" + done));
      makeOldOnes(killed);
      FirstVersion.execute(killed, script.subList(0, done).toArray(String[]::new));
      assertThatOldOnesAreThere(killed);
    }
  }

  @Test
  void countsMoveIntoBlocksWheneverTheProcessIsKilled() throws Exception {
    List<String> script = script(BLOCKS);
    for (int done = 0; done <= script.size(); done++) {
      DatabaseOptions killed = options(directory.resolve("killed" + done));
      makeOldOnes(killed);
      FirstVersion.migrate(killed, "3");
      FirstVersion.execute(killed, script.subList(0, done).toArray(String[]::new));
      assertThatOldOnesAreThere(killed);
    }
  }

  /** With whole blocks, with gaps, and with none for a while. */
  @Test
  void everyTorrentsCountsMoveIntoItsBlock() throws Exception {
    FirstVersion.make(options);
    FirstVersion.migrate(options, "3");
    FirstVersion.execute(
        options,
        "insert into torrent_hash (info_hash, first_seen)"
            + " select cast(hash('SHA-1', cast(x as varchar)) as binary(20)), x"
            + " from system_range(1, 1000)",
        "delete from torrent_hash where mod(id, 11) = 3 or id between 500 and 550",
        "insert into torrent_count"
            + " select id, id + 1, id + 2, id + 3, id + 4, id + 5, id + 6 from torrent_hash");
    try (Database database = Database.open(options)) {
      assertThat(
              csv(
                  database.sql(),
                  "select count(*) from torrent where seeders = first_seen + 1"
                      + " and leechers = first_seen + 2 and completed = first_seen + 3"
                      + " and last_seen = first_seen + 4 and writer = first_seen + 5"
                      + " and sequence = first_seen + 6"))
          .isEqualTo("862\n");
      assertThat(csv(database.sql(), COUNTS)).isEqualTo("862,862,0,0\n");
    }
  }

  private static List<String> script(String name) throws IOException {
    try (InputStream in = EmbeddedTorrentsTest.class.getResourceAsStream(name)) {
      assertThat(in).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.replaceAll("(?m)^--.*", "").trim().split(";"));
    }
  }

  @Test
  void oldOnesMoveThereAfterAFailureToo() throws Exception {
    makeOldOnes(options);
    FirstVersion.execute(options, "create table torrent_hash (id int)");
    assertThatThrownBy(() -> Database.open(options)).isInstanceOf(DatabaseException.class);
    FirstVersion.execute(options, "drop table torrent_hash");
    assertThatOldOnesAreThere(options);
  }

  /** A tracker of the earlier version may be at work with it. */
  @Test
  void aCommandLeavesTheDatabaseOfAnEarlierVersionAlone() throws Exception {
    makeOldOnes(options);
    FirstVersion.migrate(options, "3");
    assertThatThrownBy(() -> DatabaseCommands.open(options))
        .hasMessageContaining("migration 3")
        .hasMessageContaining("start the tracker");
    assertThat(DatabaseCommands.check(options).schemaVersion()).isEqualTo("3");
    assertThatOldOnesAreThere(options);
    DatabaseCommands.open(options).close();
  }

  private static void makeOldOnes(DatabaseOptions options) throws SQLException {
    FirstVersion.make(options);
    FirstVersion.execute(
        options,
        "insert into torrent values (" + FirstVersion.hash(1) + ", 1, 2, 3, 4, 5, 6, 7)",
        "insert into torrent values (" + FirstVersion.hash(2) + ", 8, 9, 10, 11, 12, 13, 14)");
  }

  private static void assertThatOldOnesAreThere(DatabaseOptions options) throws DatabaseException {
    try (Database database = Database.open(options)) {
      assertThat(
              csv(
                  database.sql(),
                  "select lower(rawtohex(info_hash)), seeders, leechers, completed, first_seen,"
                      + " last_seen, writer, sequence from torrent order by seeders"))
          .isEqualTo(
              "%s,1,2,3,4,5,6,7\n%s,8,9,10,11,12,13,14\n", Swarms.infoHash(1), Swarms.infoHash(2));
      assertThat(csv(database.sql(), COUNTS)).isEqualTo("2,2,0,0\n");
    }
  }

  private static String csv(DSLContext sql, String query) {
    return sql.fetch(query).formatCSV(false);
  }
}
