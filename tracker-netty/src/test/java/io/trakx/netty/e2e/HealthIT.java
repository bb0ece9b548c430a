package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tracker tells of itself, on its metrics port and in its log. */
@Tag("slow")
class HealthIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String ONE = "aaaaaaaaaaaaaaaaaaaa";
  private static final Pattern STATE = Pattern.compile("INFO  StateLog: .*");

  @TempDir Path directory;

  private static JsonNode await(TrackerClient client, String part, boolean ready) {
    return Await.until(
        part + (ready ? " that is ready" : " in trouble"),
        LIMIT,
        () -> client.part(part),
        found -> found.path("ready").asBoolean(!ready) == ready);
  }

  @Test
  void partsAreToldWithReasonsAndTheStateOncePerMinute() throws Exception {
    Path denied = Files.writeString(directory.resolve("denied"), "");
    try (TrakxProcess tracker =
            TrakxProcess.start(
                directory,
                UnaryOperator.identity(),
                List.of("127.0.0.1:0"),
                "limits.peers=2",
                "snapshot.interval=1s",
                "database.flush_interval=1s",
                "access.denylist=" + denied);
        TrackerClient client = new TrackerClient(tracker)) {
      int port = tracker.http().getFirst().getPort();
      assertThat(await(client, "listeners", true).path("http").asText())
          .isEqualTo("127.0.0.1:" + port);
      for (String part : List.of("store", "lists", "sweeper", "database", "flush", "snapshot")) {
        await(client, part, true);
      }

      for (int peer = 1; peer <= 3; peer++) {
        client.announce(ONE, peer, 1, "started");
      }
      assertThat(await(client, "store", false).path("reason").asText()).contains("limits.peers");
      Files.writeString(denied, "no hash\n");
      assertThat(await(client, "lists", false).path("reason").asText()).contains("line 1");
      assertThat(client.readiness()).isEqualTo(200);
      Files.writeString(denied, "");
      await(client, "lists", true);

      String line =
          Await.until("line of the state", LIMIT, tracker::log, log -> STATE.matcher(log).find());
      assertThat(line)
          .contains(" 3 announces and 0 scrapes answered, 0 refused, 0 errors")
          .contains(" 0 seeders and 2 leechers of 1 addresses in 1 swarms, 1 torrents known")
          .contains("; database ready");
      assertThat(tracker.terminate()).isZero();
    }
  }
}
