package io.trakx.netty.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.e2e.TrakxProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What no client would send, over HTTP and UDP at once, with every buffer watched for leaks. */
@Tag("slow")
@Isolated("Its attacks would starve what runs beside it.")
class NonsenseIT {
  private static final String BUFFERS = "trakx_network_buffers_bytes";

  /** What Netty takes of memory at a time. */
  private static final double CHUNK_BYTES = 4 << 20;

  @TempDir private Path directory;

  @Test
  void isRefusedWithoutAWordInTheLogAndNothingGrows() throws Exception {
    List<String> watched =
        List.of(
            "env",
            "TRAKX_JAVA_OPTS=-Xmx%dm -Dio.netty.leakDetection.level=paranoid"
                .formatted(Attacked.HEAP_MIB));
    try (TrakxProcess tracker = Attacked.startUnder(directory, watched);
        NormalClients clients = NormalClients.of(tracker)) {
      Vitals vitals = new Vitals(tracker);
      Latencies before = clients.calm();
      Duration half = Effort.of(8, 0.2).dividedBy(2);
      double buffers;
      double buffersAfter;
      int mib;
      long http;
      long udp;
      Latencies during;
      try (HttpNonsense requests = HttpNonsense.start(tracker.http().getFirst(), false);
          HttpNonsense endless = HttpNonsense.start(tracker.http().getFirst(), true);
          UdpNonsense datagrams = UdpNonsense.start(tracker.udp().getFirst())) {
        Wait.last(half);
        mib = vitals.residentMib();
        buffers = vitals.metric(BUFFERS);
        Wait.last(half);
        buffersAfter = vitals.metric(BUFFERS);
        during = clients.lap();
        http = (long) requests.sent() + endless.sent();
        udp = datagrams.sent();
      }
      Latencies after = clients.calm();
      int mibAfter = vitals.residentMib();
      AttackTable.add(
          "endless headers, a million parameters, broken encodings, random bytes",
          "%,d connections, %,d datagrams in %d s".formatted(http, udp, half.toSeconds() * 2),
          String.format(
              Locale.ROOT,
              "no line in the log, no leak (each buffer watched); %d MiB, half-way %d",
              mibAfter,
              mib),
          before,
          during,
          after);
      assertThat(during.faults()).isEmpty();
      assertThat(vitals.figure("trakx.http.malformed")).isGreaterThan(100);
      assertThat(vitals.figure("trakx.http.too_large")).isPositive();
      assertThat(vitals.figure("trakx.udp.malformed")).isGreaterThan(100);
      assertThat(buffersAfter).isLessThan(buffers + 2 * CHUNK_BYTES);
      assertThat(mibAfter).isLessThan(Attacked.MOST_MIB);
      Attacked.assertCalmLog(tracker);
    }
  }
}
