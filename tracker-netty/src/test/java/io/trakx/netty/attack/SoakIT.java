package io.trakx.netty.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.e2e.Await;
import io.trakx.netty.e2e.TrakxProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A day of mixed load in minutes: what is done once a minute or in five is done each second, while
 * peers come, complete and go as fast as they are answered.
 */
@Tag("slow")
@Isolated("Its load would starve what runs beside it.")
class SoakIT {
  private static final String[] SETTINGS = {
    "database.flush_interval=1s",
    "snapshot.interval=1s",
    "peers.sweep_interval=1s",
    "web.largest_swarms=10",
    // Two addresses do what thousands would in a day.
    "limits.requests_per_address=0",
    "limits.ports_per_address=0"
  };

  /** How much more the second half may take than the first, whose heap still grows. */
  private static final double FLAT = 1.1;

  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir private Path directory;

  @Test
  void losesNoCountAndGrowsNoMemory() throws Exception {
    List<Churn> churns;
    try (TrakxProcess tracker = Attacked.start(directory, SETTINGS);
        NormalClients clients = NormalClients.of(tracker)) {
      Await.until("database", LIMIT, tracker::log, log -> log.contains("database: "));
      Vitals vitals = new Vitals(tracker);
      Latencies before = clients.calm();
      long announcesBefore = vitals.figure("trakx.announces");
      Duration length = Effort.of(20, 0.35);
      int[] mostMib = new int[2];
      churns = startChurns(tracker);
      long begin = System.nanoTime();
      for (double part = 0;
          part < 1;
          part = (System.nanoTime() - begin) / (double) length.toNanos()) {
        read(vitals);
        int half = part < 0.5 ? 0 : 1;
        mostMib[half] = Math.max(mostMib[half], vitals.residentMib());
        Wait.last(Duration.ofMillis(200));
      }
      for (Churn churn : churns) {
        churn.end();
      }
      Latencies during = clients.lap();
      Latencies after = clients.calm();
      long announces = churns.stream().mapToLong(Churn::announces).sum();
      long completed = churns.stream().mapToLong(Churn::completed).sum();
      AttackTable.add(
          "mixed load, a day of upkeep compressed",
          "%,d announces in %d s".formatted(announces, length.toSeconds()),
          String.format(
              Locale.ROOT,
              "%,d completed downloads, all counted; %,d rows and %d snapshots written; at most %d"
                  + " MiB in the first half, %d in the second",
              completed,
              vitals.figure("trakx.database.torrents_written"),
              vitals.figure("trakx.snapshot.written"),
              mostMib[0],
              mostMib[1]),
          before,
          during,
          after);
      assertThat(during.faults()).isEmpty();
      assertThat(churns).allSatisfy(churn -> assertThat(churn.faults()).isEmpty());
      assertThat(vitals.figure("trakx.downloads.completed")).isEqualTo(completed);
      assertThat(vitals.figure("trakx.announces"))
          .isGreaterThanOrEqualTo(announcesBefore + announces);
      assertThat(mostMib[1]).isLessThan(Attacked.MOST_MIB);
      if (Effort.isLong()) {
        assertThat((double) mostMib[1]).isLessThan(FLAT * mostMib[0]);
      }
      assertCounts(tracker, churns);
      Attacked.assertCalmLog(tracker);
      assertThat(tracker.terminate()).isZero();
    }
    try (TrakxProcess restarted = Attacked.start(directory, SETTINGS)) {
      assertCounts(restarted, churns);
    }
  }

  /** Reads what monitors and people read. */
  private static void read(Vitals vitals) {
    assertThat(vitals.metric("trakx_http_connections_open")).isPositive();
    assertThat(vitals.largestAsset()).isNotEmpty();
    assertThat(vitals.readiness().path("ready").asBoolean()).isTrue();
  }

  private static List<Churn> startChurns(TrakxProcess tracker) throws IOException {
    List<Churn> churns = new ArrayList<>();
    churns.add(
        new Churn(
            new HttpAsker(tracker.http().getFirst(), Sources.of(95, 1), true),
            "churn-http-kept-0"));
    churns.add(
        new Churn(
            new HttpAsker(tracker.http().getFirst(), Sources.of(95, 2), false),
            "churn-http-new-00"));
    churns.add(
        new Churn(new UdpAsker(tracker.udp().getFirst(), Sources.of(95, 3)), "churn-udp-0000000"));
    churns.forEach(Thread::start);
    return churns;
  }

  private static void assertCounts(TrakxProcess tracker, List<Churn> churns) throws IOException {
    try (HttpAsker asker = new HttpAsker(tracker.http().getFirst(), Sources.of(95, 4), true)) {
      for (Churn churn : churns) {
        assertThat(churn.toldBy(asker)).isEqualTo(churn.expected());
      }
    }
  }
}
