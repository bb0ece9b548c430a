package io.trakx.netty.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.DutyCycle;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a flush to the embedded database leaves the core to those who answer. */
class FlushRestTest {
  private static final int TORRENTS = 1_000;
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final List<Long> pauses = new ArrayList<>();
  private final Swarms swarms = new Swarms(TORRENTS);
  private long nanos;
  private long nanosALook;

  @TempDir private Path directory;

  @Test
  void restsThreeTimesAsLongAsItWorks() throws Exception {
    nanosALook = DutyCycle.LEAST_WORK_NANOS;
    flush();
    assertThat(pauses).hasSizeGreaterThan(TORRENTS / 100);
    assertThat(pauses).allMatch(pause -> pause >= 3 * DutyCycle.LEAST_WORK_NANOS);
    assertThat(pauses).allMatch(pause -> pause <= 3 * DutyCycle.MOST_WORK_NANOS);
  }

  @Test
  void restsNoMoreOnceHalfOfTheIntervalIsOver() throws Exception {
    nanosALook = Duration.ofSeconds(1).toNanos();
    flush();
    assertThat(pauses).hasSizeBetween(1, (int) INTERVAL.toSeconds() / 2);
  }

  private void flush() throws DatabaseException {
    for (int torrent = 0; torrent < TORRENTS; torrent++) {
      swarms.complete(torrent, 1);
    }
    Figures figures = new Figures();
    Flush flush =
        new Flush(
            swarms.changes,
            UUID.randomUUID(),
            1,
            INTERVAL,
            Clock.systemUTC(),
            () -> nanos += nanosALook,
            pauses::add,
            figures);
    DatabaseOptions options = DatabaseOptions.defaults(DatabaseUrl.parse("", directory));
    try (Database database = Database.open(options)) {
      flush.reached(database);
      while (swarms.changes.sequence() == 0) {
        var _ = flush.run(database);
      }
    }
    assertThat(swarms.changes.pending().size()).isZero();
  }
}
