package io.trakx.netty.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.netty.admin.ReadinessCheck;
import io.trakx.netty.config.ConfigException;
import io.trakx.netty.config.ConfigLoader;
import io.trakx.netty.config.ConfigSources;
import io.trakx.netty.persistence.PersistenceStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** With writing every 30 s and a snapshot every 5 minutes. */
class KeeperReportTest {
  private final AtomicLong nanos = new AtomicLong(-7);
  private Optional<String> databaseTrouble = Optional.empty();
  private long flushAge = -1;
  private SnapshotStatus snapshot = SnapshotStatus.NONE;
  private final KeeperReport report = report();

  private KeeperReport report() {
    ConfigSources sources =
        new ConfigSources(
            Optional.empty(),
            Map.of(),
            List.of("database.flush_interval=30s", "snapshot.interval=5m"));
    try {
      return new KeeperReport(
          ConfigLoader.load(sources).config(),
          this::database,
          () -> snapshot,
          new AccessControl(AccessLists.OPEN),
          nanos::get);
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  private PersistenceStatus database() {
    return new PersistenceStatus(
        databaseTrouble.isEmpty() ? PersistenceStatus.State.READY : PersistenceStatus.State.AWAY,
        "a database",
        databaseTrouble,
        flushAge,
        1500,
        3,
        4,
        5,
        6,
        7,
        8);
  }

  private void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  private Optional<String> trouble(String part) {
    ReadinessCheck found =
        report.readiness().stream()
            .filter(check -> check.part().equals(part))
            .findFirst()
            .orElseThrow();
    assertThat(found.needed()).as("a tracker serves without").isFalse();
    return found.trouble().get();
  }

  @Test
  void aFlushIsTooOldAfterThreeIntervalsAndAMinute() {
    flushAge = 150;
    assertThat(trouble("flush")).isEmpty();

    flushAge = 151;

    assertThat(trouble("flush"))
        .contains("nothing was written for 151 s; one a time of 30 s is wanted");
  }

  @Test
  void beforeTheFirstTheAgeIsThatOfTheTracker() {
    pass(Duration.ofSeconds(150));
    assertThat(trouble("flush")).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(trouble("flush")).isPresent();
    assertThat(trouble("snapshot")).isEmpty();

    pass(Duration.ofMinutes(15));

    assertThat(trouble("snapshot")).get().asString().startsWith("no snapshot was written for 1051");
  }

  @Test
  void aSnapshotThatIsTooOldOrFailedIsTold() {
    snapshot = new SnapshotStatus(Optional.empty(), 960, 1, 2, 3, 4, 0, 0);
    assertThat(trouble("snapshot")).isEmpty();

    snapshot = new SnapshotStatus(Optional.empty(), 961, 1, 2, 3, 4, 0, 0);
    assertThat(trouble("snapshot")).get().asString().contains("for 961 s");
    snapshot = new SnapshotStatus(Optional.of("the disk is full"), 3, 1, 2, 3, 4, 1, 0);
    assertThat(trouble("snapshot")).contains("the disk is full");
  }

  @Test
  void aDatabaseThatIsAwayIsToldWithItsReason() {
    assertThat(trouble("database")).isEmpty();
    assertThat(report.databaseState()).contains("ready");

    databaseTrouble = Optional.of("Connection refused");

    assertThat(trouble("database")).contains("Connection refused");
    assertThat(report.databaseState()).contains("away");
    assertThat(report.figures()).containsEntry("database.connected", 0L);
  }
}
