package io.trakx.netty.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.e2e.TrakxProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Datagrams without end: as many as a network sends, and as fast as this machine can. */
@Tag("slow")
@Isolated("Its attacks would starve what runs beside it.")
class FloodIT {
  private static final int SOURCES = 1000;
  private static final int NOBODY_NET = 91;

  /** Fifty millions in nine minutes; two cores serve that, and the clients beside it. */
  private static final int PER_SECOND = 100_000;

  @TempDir private Path directory;

  @Test
  void randomInfoHashesFillTheStoreToItsLimitAndNoFurther() throws Exception {
    // So few that even a slow machine comes to the limit.
    String limit = Effort.isLong() ? "limits.swarms=auto" : "limits.swarms=20000";
    try (TrakxProcess tracker = Attacked.start(directory, limit);
        NormalClients clients = NormalClients.of(tracker)) {
      Vitals vitals = new Vitals(tracker);
      Latencies before = clients.calmOnceWarm();
      Latencies besideSender = besideSender(clients);
      Latencies besideAttacked = besideAttacked(clients, limit);
      int mostMib = 0;
      long sent;
      Latencies during;
      try (UdpFlood flood = UdpFlood.announcing(tracker.udp().getFirst(), SOURCES, PER_SECOND)) {
        long end = System.nanoTime() + Effort.of(8, 0.3).toNanos();
        while (System.nanoTime() < end) {
          Wait.last(Duration.ofMillis(200));
          mostMib = Math.max(mostMib, vitals.residentMib());
        }
        during = clients.lap();
        sent = flood.sent();
      }
      Latencies after = clients.calm();
      long hashes = vitals.figure("trakx.announces");
      long known = vitals.figure("hash.unique");
      AttackTable.add(
          "random info-hashes from many addresses",
          "%,d announces over UDP from %,d addresses".formatted(sent, SOURCES),
          String.format(
              Locale.ROOT,
              "%,d answered, %,d torrents kept; at most %d MiB with a heap of %d; the clients' p99"
                  + " while the same sender spares all trackers: %.2f ms; while it attacks another"
                  + " one on this machine: %.2f ms",
              hashes,
              known,
              mostMib,
              Attacked.HEAP_MIB,
              besideSender.millis(99),
              besideAttacked.millis(99)),
          before,
          during,
          after);
      assertThat(during.faults()).isEmpty();
      assertThat(mostMib).as("MiB").isLessThan(Attacked.MOST_MIB);
      assertThat(vitals.figure("trakx.peers.not_listed")).isPositive();
      assertThat(known).isLessThanOrEqualTo((long) vitals.metric("trakx_torrents_limit"));
      Attacked.assertCalmLog(tracker);
    }
  }

  /** What the clients wait for where the sender is on the same machine, and the tracker is idle. */
  private static Latencies besideSender(NormalClients clients) throws IOException {
    InetSocketAddress nobody = Sources.of(NOBODY_NET, 0);
    try (DatagramChannel unread = DatagramChannel.open().bind(nobody);
        UdpFlood flood =
            UdpFlood.sparing((InetSocketAddress) unread.getLocalAddress(), SOURCES, PER_SECOND)) {
      Latencies beside = clients.calm();
      assertThat(flood.sent()).isPositive();
      return beside;
    }
  }

  /**
   * What they wait for where the same attack is on another tracker, and theirs is idle: what is
   * slower then is the machine that all of them share.
   */
  private Latencies besideAttacked(NormalClients clients, String limit) throws IOException {
    Path home = Files.createDirectory(directory.resolve("another"));
    try (TrakxProcess another = Attacked.start(home, limit);
        UdpFlood flood = UdpFlood.announcing(another.udp().getFirst(), SOURCES, PER_SECOND)) {
      Wait.last(Effort.of(2, 0.05));
      Latencies beside = clients.calm();
      assertThat(flood.sent()).isPositive();
      return beside;
    }
  }

  @Test
  void wrongConnectionIdsGetSilenceAndTheOthersTheirAnswers() throws Exception {
    try (TrakxProcess tracker = Attacked.start(directory);
        NormalClients clients = NormalClients.of(tracker)) {
      Vitals vitals = new Vitals(tracker);
      Latencies before = clients.calmOnceWarm();
      long sent;
      long received;
      Latencies during;
      try (UdpFlood flood = UdpFlood.guessing(tracker.udp().getFirst(), SOURCES)) {
        Wait.last(Effort.of(5, 0.08));
        during = clients.lap();
        sent = flood.sent();
        received = flood.received();
      }
      Latencies after = clients.calm();
      long read = vitals.figure("trakx.udp.wrong_id");
      AttackTable.add(
          "wrong connection ids over UDP",
          "%,d announces at full speed".formatted(sent),
          "%,d of them read, %d bytes sent back".formatted(read, received),
          before,
          during,
          after);
      assertThat(during.faults()).isEmpty();
      assertThat(received).as("bytes sent back").isZero();
      assertThat(read).isGreaterThan(10_000);
      assertThat(vitals.residentMib()).isLessThan(Attacked.MOST_MIB);
      Attacked.assertCalmLog(tracker);
    }
  }
}
