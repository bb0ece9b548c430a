package io.trakx.netty.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.persistence.PersistenceStatus.State;
import io.trakx.netty.testing.LogLines;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Persistence from its start to its end, on its own threads and by real time. */
@Timeout(180)
class PersistenceTest {
  /** What the end may take beyond the time that is allowed for it. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** What else a JVM does between two looks at the heap. */
  private static final long NOISE_BYTES = 1 << 20;

  /** So that a client announces some thousand times a second, and not all the time. */
  private static final long CLIENT_REST_NANOS = 100_000;

  @TempDir private Path directory;

  private DatabaseOptions embedded() {
    return Running.hasty(DatabaseOptions.defaults(DatabaseUrl.parse("", directory)));
  }

  private DatabaseOptions server(int port) {
    String url =
        "jdbc:mariadb://127.0.0.1:"
            + port
            + "/trakx?createDatabaseIfNotExist=true&sslMode=DISABLED";
    return Running.hasty(
        DatabaseOptions.defaults(DatabaseUrl.parse(url, directory))
            .withAccount("root", Password.none())
            .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2)));
  }

  /** Nobody listens there. */
  private DatabaseOptions nowhere() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return server(socket.getLocalPort());
    }
  }

  private static String row(DatabaseOptions options, int torrent) {
    try (Life other = new Life(options, UUID.randomUUID(), new FakeTime())) {
      return DatabaseContract.row(other, torrent);
    }
  }

  private static void assertEndsInTime(Running running) {
    long begun = System.nanoTime();
    running.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isLessThan(Duration.ofSeconds(1).plus(SLACK));
  }

  @Test
  void whatChangedIsWrittenWhileItRunsAndAtTheEnd() {
    Running running = new Running(embedded());
    running.await(State.READY);
    running.swarms.complete(1, 1);
    running.await("flush", status -> status.torrentsWritten() == 1);
    assertThat(running.status().lastFlushAgeSeconds()).isNotNegative();

    running.swarms.complete(1, 2);
    running.swarms.complete(2, 1);
    running.close();

    assertThat(running.pending()).isZero();
    assertThat(row(embedded(), 1)).isEqualTo("2/0/2");
    assertThat(row(embedded(), 2)).isEqualTo("1/0/1");
  }

  @Test
  void withoutADatabaseItCountsOnAndSaysWhatItCouldNotWrite() throws Exception {
    try (LogLines log = new LogLines()) {
      Running running = new Running(nowhere());
      running.await("failure", status -> status.failures() > 0);
      running.swarms.complete(1, 1);
      running.swarms.complete(1, 2);
      running.swarms.complete(2, 1);
      assertThat(running.status().state()).isEqualTo(State.CONNECTING);
      assertThat(running.status().trouble()).isPresent();
      assertThat(running.status().lastFlushAgeSeconds()).isEqualTo(-1);

      assertEndsInTime(running);

      assertThat(log.lines())
          .anyMatch(line -> line.contains("not written to the database: 3 completed downloads"));
      assertThat(running.pending()).isEqualTo(3);
    }
  }

  /** A mark at a torrent is what an outage costs, however long it is and whoever announces. */
  @Test
  @Tag("slow")
  void memoryDoesNotGrowWithTheOutage() throws Exception {
    int torrents = 1_000;
    int peers = 10;
    int rounds = 100;
    Running running = new Running(nowhere());
    running.await("failure", status -> status.failures() > 0);
    complete(running, torrents, peers);
    long before = liveBytes();

    for (int round = 0; round < rounds; round++) {
      complete(running, torrents, peers);
    }

    long grown = liveBytes() - before;
    long completed = (long) torrents * peers * (1 + rounds);
    System.out.printf("%d bytes more after %d completed downloads%n", grown, completed);
    assertThat(grown).isLessThan(NOISE_BYTES);
    assertThat(running.pending()).isEqualTo(completed);
    assertThat(running.status().state()).isEqualTo(State.CONNECTING);
    running.close();
  }

  private static void complete(Running running, int torrents, int peers) {
    for (int torrent = 0; torrent < torrents; torrent++) {
      for (int peer = 1; peer <= peers; peer++) {
        running.swarms.complete(torrent, peer);
        running.swarms.stop(torrent, peer);
      }
    }
  }

  private static long liveBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  @Test
  @Tag("slow")
  void aDatabaseThatGoesAndComesBackGetsAll() throws Exception {
    try (MariaDbServer server = MariaDbServer.start(Files.createDirectory(directory.resolve("m")));
        CutProxy proxy = new CutProxy(server.port())) {
      DatabaseOptions options = server(proxy.port());
      Running running = new Running(options);
      running.await(State.READY);
      running.swarms.complete(1, 1);
      running.await("flush", status -> status.torrentsWritten() == 1);

      proxy.silent(true);
      running.swarms.complete(1, 2);
      running.await(State.AWAY);
      running.swarms.complete(1, 3);
      proxy.silent(false);
      running.await(State.READY);

      running.close();
      assertThat(running.pending()).isZero();
      assertThat(row(options, 1)).isEqualTo("3/0/3");

      Running held = new Running(options);
      held.await(State.READY);
      proxy.silent(true);
      held.swarms.complete(2, 1);
      held.await(State.AWAY);
      assertEndsInTime(held);
      assertThat(held.pending()).isEqualTo(1);
    }
  }

  /** With the time-outs that the tracker comes with. */
  @Test
  @Tag("slow")
  void aFlushThatIsStuckForTenSecondsAnAnswerHoldsNobodyUp() throws Exception {
    try (MariaDbServer server = MariaDbServer.start(Files.createDirectory(directory.resolve("m")));
        CutProxy proxy = new CutProxy(server.port())) {
      DatabaseOptions defaults = DatabaseOptions.defaults(DatabaseUrl.parse("", directory));
      DatabaseOptions options =
          server(proxy.port()).withTimeouts(defaults.connectTimeout(), defaults.answerTimeout());
      Running running = new Running(options);
      running.await(State.READY);
      long flushes = running.status().flushes();
      // How a flush begins.
      proxy.delayFrom("update writer", Duration.ofSeconds(10));
      running.swarms.complete(1, 1);

      int announces = 0;
      long longest = 0;
      long start = System.nanoTime();
      while (proxy.delayed() < 2) {
        long begun = System.nanoTime();
        assertThat(Duration.ofNanos(begun - start)).as("two answers").isLessThan(LIMIT);
        running.swarms.complete(2, ++announces);
        longest = Math.max(longest, System.nanoTime() - begun);
        assertThat(running.status().torrentsWritten()).as("written meanwhile").isZero();
        LockSupport.parkNanos(CLIENT_REST_NANOS);
      }

      // What else this machine does may take it.
      assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(1));
      proxy.endDelay();
      running.await("slow flush", status -> status.flushes() > flushes);
      assertThat(running.status().failures()).isZero();
      running.await("the rest", status -> status.torrentsWritten() >= 2);
      running.close();
      assertThat(running.pending()).isZero();
      assertThat(row(options, 1)).isEqualTo("1/0/1");
      assertThat(row(options, 2)).endsWith("/" + announces);
    }
  }
}
