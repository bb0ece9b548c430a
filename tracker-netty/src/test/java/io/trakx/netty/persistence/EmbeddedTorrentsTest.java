package io.trakx.netty.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two tables in which the embedded database has torrents, and how they came from one. */
class EmbeddedTorrentsTest {
  private static final String SCRIPT = "/db/embedded/V3__torrents_in_two_tables.sql";

  /** In each of the two, and in both. */
  private static final String COUNTS =
      "select (select count(*) from torrent_hash), (select count(*) from torrent_count),"
          + " (select count(*) from torrent)";

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
        assertThat(csv(database.sql(), COUNTS)).isEqualTo("150,150,150\n");
        assertThat(csv(database.sql(), "select sum(completed) from torrent")).isEqualTo("150\n");
      }
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
      assertThat(csv(sql, COUNTS)).isEqualTo("1,1,1\n");
    }
  }

  /** Killed after each statement of the script, which is then run from its begin. */
  @Test
  void oldOnesMoveThereWheneverTheProcessIsKilled() throws Exception {
    List<String> script = script();
    for (int done = 0; done <= script.size(); done++) {
      DatabaseOptions killed = options(directory.resolve("killed" + done));
      makeOldOnes(killed);
      FirstVersion.execute(killed, script.subList(0, done).toArray(String[]::new));
      assertThatOldOnesAreThere(killed);
    }
  }

  private static List<String> script() throws IOException {
    try (InputStream in = EmbeddedTorrentsTest.class.getResourceAsStream(SCRIPT)) {
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
      assertThat(csv(database.sql(), COUNTS)).isEqualTo("2,2,2\n");
    }
  }

  private static String csv(DSLContext sql, String query) {
    return sql.fetch(query).formatCSV(false);
  }
}
