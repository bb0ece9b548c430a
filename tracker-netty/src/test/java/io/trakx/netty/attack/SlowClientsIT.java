package io.trakx.netty.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.e2e.TrakxProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Ten thousand connections that take their time, in asking or in reading. */
@Tag("slow")
@Isolated("Its attacks would starve what runs beside it.")
class SlowClientsIT {
  private static final int CONNECTIONS = 10_000;

  /** {@code http.request_timeout} as it comes. */
  private static final int REQUEST_SECONDS = 10;

  /** {@code http.write_timeout} as it comes. */
  private static final int WRITE_SECONDS = 20;

  /** Requests that each connection sends at once: more than is answered to who reads nothing. */
  private static final int REQUESTS = 300;

  /** What a busy machine may need besides. */
  private static final Duration SLACK = Duration.ofSeconds(90);

  private static final String OPEN = "trakx_http_connections_open";

  /** The connections of ordinary clients and of the metrics' reader. */
  private static final int OTHERS = 10;

  @TempDir private Path directory;

  @Test
  void tenThousandThatSendAByteASecondAreClosed() throws Exception {
    try (TrakxProcess tracker = Attacked.start(directory);
        NormalClients clients = NormalClients.of(tracker)) {
      Vitals vitals = new Vitals(tracker);
      Latencies before = clients.calm();
      Latencies during;
      double longest;
      int mostMib;
      try (ManyConnections attack =
          ManyConnections.open(tracker.http().getFirst(), CONNECTIONS, "GET /announce?")) {
        longest = attack.dripUntilClosed(Duration.ofSeconds(REQUEST_SECONDS).plus(SLACK));
        mostMib = vitals.residentMib();
        during = clients.lap();
      }
      Latencies after = clients.calm();
      AttackTable.add(
          "connections that send a byte a second",
          "%,d of them".formatted(CONNECTIONS),
          String.format(
              Locale.ROOT,
              "all closed, the last after %.1f s (`http.request_timeout` is %d s); %d MiB",
              longest,
              REQUEST_SECONDS,
              mostMib),
          before,
          during,
          after);
      assertThat(during.faults()).isEmpty();
      assertThat(vitals.figure("trakx.http.timeouts")).isGreaterThanOrEqualTo(CONNECTIONS);
      assertThat(vitals.metric(OPEN)).isLessThan(OTHERS);
      assertThat(mostMib).isLessThan(Attacked.MOST_MIB);
      Attacked.assertCalmLog(tracker);
    }
  }

  @Test
  void tenThousandThatReadNothingAreClosed() throws Exception {
    try (TrakxProcess tracker = Attacked.start(directory);
        NormalClients clients = NormalClients.of(tracker)) {
      Vitals vitals = new Vitals(tracker);
      Latencies before = clients.calm();
      Latencies during;
      double longest;
      int mostMib;
      try (ManyConnections attack =
          ManyConnections.open(
              tracker.http().getFirst(),
              CONNECTIONS,
              requests(
                  "/announce?info_hash=unread-unread-unread&peer_id=-NC0000-unread000000"
                      + "&port=1&left=1&numwant=200&compact=0"),
              requests(vitals.largestAsset()))) {
        longest = attack.ignoreUntilClosed(Duration.ofSeconds(WRITE_SECONDS).plus(SLACK));
        mostMib = vitals.residentMib();
        during = clients.lap();
      }
      Latencies after = clients.calm();
      AttackTable.add(
          "connections that read nothing",
          "%,d of them, each with %d announces or pages asked for".formatted(CONNECTIONS, REQUESTS),
          String.format(
              Locale.ROOT,
              "all closed, the last after %.1f s (`http.write_timeout` is %d s), %d of them early"
                  + " since too much waited; %d MiB",
              longest,
              WRITE_SECONDS,
              vitals.figure("trakx.http.shed"),
              mostMib),
          before,
          during,
          after);
      assertThat(during.faults()).isEmpty();
      assertThat(vitals.figure("trakx.http.timeouts") + vitals.figure("trakx.http.shed"))
          .isGreaterThanOrEqualTo(CONNECTIONS);
      assertThat(vitals.metric(OPEN)).isLessThan(OTHERS);
      assertThat(mostMib).isLessThan(Attacked.MOST_MIB);
      Attacked.assertCalmLog(tracker);
    }
  }

  private static String requests(String path) {
    return "GET %s HTTP/1.1\r\nHost: t\r\n\r\n".formatted(path).repeat(REQUESTS);
  }
}
