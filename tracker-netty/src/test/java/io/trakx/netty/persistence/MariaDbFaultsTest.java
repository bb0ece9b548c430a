package io.trakx.netty.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a real MariaDB and the way to it can do to a tracker, and what that must not cost. */
@Tag("slow")
@Timeout(300)
class MariaDbFaultsTest {
  private static final Duration BRIEF = Duration.ofMillis(1500);

  /** Some thousand announces a second leave the processor to the database. */
  private static final long CLIENT_REST_NANOS = 100_000;

  @TempDir private static Path directory;
  private static MariaDbServer server;

  private final FakeTime time = new FakeTime();
  private final UUID writer = UUID.randomUUID();
  private final String name = "faults" + writer.toString().replace("-", "");

  @BeforeAll
  static void startServer() throws Exception {
    server = MariaDbServer.start(directory);
  }

  @AfterAll
  static void endServer() {
    server.close();
  }

  @BeforeEach
  void serverRuns() throws Exception {
    server.goOn();
    server.ensureStarted();
  }

  private DatabaseOptions options(int port) {
    String url =
        "jdbc:mariadb://127.0.0.1:"
            + port
            + "/"
            + name
            + "?createDatabaseIfNotExist=true&sslMode=DISABLED";
    return DatabaseOptions.defaults(DatabaseUrl.parse(url, directory))
        .withAccount("root", Password.none())
        .withTimeouts(BRIEF, BRIEF);
  }

  /** The driver reports the same for both; only the ledger knows. */
  @ParameterizedTest
  @EnumSource
  void aConnectionCutDuringACommitNeitherLosesNorDoubles(CutProxy.Cut cut) throws IOException {
    try (CutProxy proxy = new CutProxy(server.port());
        Life life = new Life(options(proxy.port()), writer, time)) {
      life.work();
      for (int round = 1; round <= 5; round++) {
        life.swarms.complete(1, round);
        proxy.cutNext(cut);
        time.pass(Duration.ofMinutes(1));
        life.work();
        assertThat(proxy.hasCut()).isTrue();
        assertThat(life.status().trouble()).isPresent();
        // Counted meanwhile, so that the batch that is taken again is another one.
        life.swarms.complete(1, 100 + round);
        time.pass(Duration.ofMinutes(1));
        life.work();
        assertThat(life.status().trouble()).isEmpty();
        life.flushAll();
        assertThat(DatabaseContract.row(life, 1)).isEqualTo(2 * round + "/0/" + 2 * round);
      }
      assertThat(life.status().failures()).isEqualTo(5);
    }
  }

  @Test
  void isReachedLaterIfItIsAbsentAtTheStart() throws Exception {
    server.kill();
    try (Life life = new Life(options(server.port()), writer, time)) {
      life.swarms.complete(1, 1);
      life.work();
      assertThat(life.status().state()).isEqualTo(PersistenceStatus.State.CONNECTING);
      assertThat(life.status().trouble()).hasValue("Connection refused");
      server.start();
      time.pass(Duration.ofMinutes(1));
      life.work();
      assertThat(life.status().state()).isEqualTo(PersistenceStatus.State.READY);
      assertThat(DatabaseContract.row(life, 1)).isEqualTo("1/0/1");
    }
  }

  @Test
  void oneThatIsAwayForAnHourIsAskedNowAndThen() throws Exception {
    try (Life life = new Life(options(server.port()), writer, time)) {
      life.work();
      life.swarms.complete(1, 1);
      server.kill();
      for (int minute = 0; minute < 60; minute++) {
        life.swarms.complete(1, 2 + minute);
        time.pass(Duration.ofMinutes(1));
        life.work();
        assertThat(life.status().state()).isEqualTo(PersistenceStatus.State.AWAY);
      }
      assertThat(life.status().failures()).isBetween(10L, 70L);
      server.start();
      time.pass(Duration.ofMinutes(1));
      life.work();
      life.flushAll();
      assertThat(DatabaseContract.row(life, 1)).isEqualTo("61/0/61");
    }
  }

  @Test
  void oneThatIsHeldIsGivenUpAfterTheTimeForAnAnswer() throws Exception {
    try (Life life = new Life(options(server.port()), writer, time)) {
      life.work();
      life.swarms.complete(1, 1);
      server.hold();
      time.pass(Duration.ofMinutes(1));
      life.work();
      assertThat(life.status().trouble()).isPresent();
      life.swarms.complete(1, 2);
      server.goOn();
      time.pass(Duration.ofMinutes(1));
      life.work();
      life.flushAll();
      assertThat(DatabaseContract.row(life, 1)).isEqualTo("2/0/2");
    }
  }

  @Test
  void oneThatAnswersTooSlowlyIsGivenUpAfterTheTimeForAnAnswer() throws Exception {
    try (CutProxy proxy = new CutProxy(server.port());
        Life life = new Life(options(proxy.port()), writer, time)) {
      life.work();
      life.swarms.complete(1, 1);
      proxy.silent(true);
      long before = System.nanoTime();
      time.pass(Duration.ofMinutes(1));
      life.work();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(BRIEF.multipliedBy(8));
      assertThat(life.status().trouble()).isPresent();
      proxy.silent(false);
      time.pass(Duration.ofMinutes(1));
      life.work();
      life.flushAll();
      assertThat(DatabaseContract.row(life, 1)).isEqualTo("1/0/1");
    }
  }

  @Test
  void oneWithItsTablesLockedIsGivenUpAndTriedAgain() throws Exception {
    try (Life life = new Life(options(server.port()), writer, time)) {
      life.work();
      life.swarms.complete(1, 1);
      try (Connection other = new JdbcSource(options(server.port())).getConnection();
          Statement statement = other.createStatement()) {
        statement.execute("lock tables torrent write");
        time.pass(Duration.ofMinutes(1));
        life.work();
        assertThat(life.status().trouble()).isPresent();
      }
      time.pass(Duration.ofMinutes(1));
      life.work();
      life.flushAll();
      assertThat(life.status().trouble()).isEqualTo(Optional.empty());
      assertThat(DatabaseContract.row(life, 1)).isEqualTo("1/0/1");
    }
  }

  /** Killed at random moments of a flush, with clients that go on. */
  @Test
  @Timeout(3600)
  void randomKillsUnderLoadNeitherLoseNorDouble() throws Exception {
    int kills = Integer.getInteger("trakx.test.kills", 8);
    int torrents = 3_000;
    Random random = new Random(7);
    try (ExecutorService clients = Executors.newSingleThreadExecutor();
        Life life = new Life(options(server.port()), writer, time, null, 500)) {
      life.work();
      AtomicBoolean going = new AtomicBoolean(true);
      Future<Integer> load =
          clients.submit(
              () -> {
                int announces = 0;
                while (going.get()) {
                  life.swarms.complete(announces % torrents, 1 + announces / torrents);
                  announces++;
                  LockSupport.parkNanos(CLIENT_REST_NANOS);
                }
                return announces;
              });
      int reached = 0;
      try {
        for (int kill = 0; kill < kills; kill++) {
          time.pass(Duration.ofMinutes(1));
          int parts = 1 + random.nextInt(12);
          Thread killer = new Thread(() -> killSoon(random.nextInt(60)));
          for (int part = 0; part < parts; part++) {
            if (part == parts - 1) {
              killer.start();
            }
            life.worker.work();
          }
          killer.join();
          life.work();
          reached += life.status().trouble().isPresent() ? 1 : 0;
          server.start();
        }
      } finally {
        going.set(false);
      }
      int announces = load.get();
      System.out.printf("%d kills, %d of them hit, %d announces%n", kills, reached, announces);
      assertThat(reached).as("kills that hit").isPositive();
      time.pass(Duration.ofMinutes(1));
      life.work();
      life.flushAll();
      for (int torrent = 0; torrent < torrents; torrent++) {
        int completed = announces / torrents + (torrent < announces % torrents ? 1 : 0);
        assertThat(DatabaseContract.row(life, torrent)).endsWith("/" + completed);
      }
    }
  }

  private static void killSoon(int millis) {
    try {
      // The moment is the point of it: nothing is waited for.
      Thread.sleep(millis);
      server.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
