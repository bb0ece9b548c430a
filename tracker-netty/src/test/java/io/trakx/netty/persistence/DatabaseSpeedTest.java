package io.trakx.netty.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.FormatMethod;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.jooq.SQLDialect;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes to write changed torrents, and to bring all back at the start. Prints figures;
 * a machine that others use makes them larger.
 *
 * <pre>
 * mvn test -pl tracker-netty -am -Dtest=DatabaseSpeedTest [-DargLine=-Dtrakx.test.torrents=10000000]
 * </pre>
 */
@Tag("slow")
class DatabaseSpeedTest {
  private static final int CHANGED = 100_000;

  /** Rows that are there before. */
  private static final int TORRENTS = Integer.getInteger("trakx.test.torrents", CHANGED);

  private static final long SPREAD = 1_000_003;

  private final FakeTime time = new FakeTime();
  private final UUID writer = UUID.randomUUID();

  @TempDir private Path directory;

  @Test
  void withMariaDb() throws Exception {
    try (MariaDbServer server = MariaDbServer.start(directory)) {
      measure(
          DatabaseOptions.defaults(DatabaseUrl.parse(server.url("trakx"), directory))
              .withAccount("root", Password.none()));
    }
  }

  @Test
  void withTheEmbeddedDatabase() {
    measure(DatabaseOptions.defaults(DatabaseUrl.parse("", directory)));
  }

  /** All at once, against those that are announced first, by a thousand a statement. */
  @Test
  void ofBringingManyBack() throws Exception {
    try (MariaDbServer server = MariaDbServer.start(directory)) {
      bringManyBack(
          DatabaseOptions.defaults(DatabaseUrl.parse(server.url("trakx"), directory))
              .withAccount("root", Password.none())
              .withTimeouts(Duration.ofSeconds(5), Duration.ofMinutes(30)));
    }
  }

  private void bringManyBack(DatabaseOptions options) throws Exception {
    try (Life life = new Life(options, writer, time, null, Persistence.torrentsABatch(options))) {
      Database database = life.worker.reach();
      assertThat(database).isNotNull();
      database
          .sql()
          .execute(
              "insert into torrent select unhex(lpad(hex(seq * "
                  + SPREAD
                  + "), 40, '0')), 0, 0, 1, 0, 0, 0, 0 from seq_1_to_"
                  + TORRENTS);
      sayBytes(life);
      long used = usedBytes();
      long nanos = System.nanoTime();
      while (!life.load.done()) {
        assertThat(life.load.run(database)).isNotNull();
      }
      say(life, "%,d torrents brought back: %d ms", TORRENTS, millis(System.nanoTime() - nanos));
      assertThat(life.status().torrentsLoaded()).isEqualTo(TORRENTS);
      say(life, "%d bytes of heap a torrent", (usedBytes() - used) / TORRENTS);

      nanos = System.nanoTime();
      Random random = new Random(1);
      for (int done = 0; done < CHANGED; done += 1_000) {
        List<byte[]> infoHashes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
          infoHashes.add(
              ByteBuffer.allocate(20)
                  .putLong(12, SPREAD * (1L + random.nextInt(TORRENTS)))
                  .array());
        }
        TorrentTable.find(
            database.sql(), infoHashes, (hash, completed, seeders, leechers, by, sequence) -> {});
      }
      say(life, "%,d torrents looked up: %d ms", CHANGED, millis(System.nanoTime() - nanos));
    }
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void measure(DatabaseOptions options) {
    try (Life life = new Life(options, writer, time, null, Persistence.torrentsABatch(options))) {
      life.work();
      long written = 0;
      for (int torrent = 0; torrent < TORRENTS; torrent++) {
        life.swarms.complete(torrent, 1);
        if ((torrent + 1) % CHANGED == 0) {
          long nanos = System.nanoTime();
          life.flushAll();
          written = System.nanoTime() - nanos;
        }
      }
      say(life, "flush of %,d new torrents, %,d there: %d ms", CHANGED, TORRENTS, millis(written));
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < CHANGED; i++) {
          life.swarms.complete((int) ((long) i * TORRENTS / CHANGED), 2 + round);
        }
        long nanos = System.nanoTime();
        life.flushAll();
        say(
            life,
            "flush of %,d known torrents, %,d there: %d ms",
            CHANGED,
            TORRENTS,
            millis(System.nanoTime() - nanos));
      }
      sayBytes(life);
    }
    time.pass(Duration.ofMinutes(1));
    try (Life next = new Life(options, writer, time, null, Persistence.torrentsABatch(options))) {
      Database database = next.worker.reach();
      assertThat(database).isNotNull();
      long nanos = System.nanoTime();
      while (!next.load.done()) {
        assertThat(next.load.run(database)).isNotNull();
      }
      say(next, "%,d torrents brought back: %d ms", TORRENTS, millis(System.nanoTime() - nanos));
      assertThat(next.status().torrentsLoaded()).isEqualTo(TORRENTS);
    }
  }

  private static void sayBytes(Life life) {
    Database database = life.worker.reach();
    assertThat(database).isNotNull();
    if (database.server().dialect() == SQLDialect.MARIADB) {
      Object bytes =
          database
              .sql()
              .fetchValue(
                  "select file_size from information_schema.innodb_sys_tablespaces where name ="
                      + " 'trakx/torrent'");
      say(life, "%s bytes of file for %,d torrents", bytes, TORRENTS);
    }
  }

  private static long millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }

  @FormatMethod
  private static void say(Life life, String format, Object... figures) {
    System.out.println(
        life.status().database() + ": " + String.format(Locale.ROOT, format, figures));
  }
}
