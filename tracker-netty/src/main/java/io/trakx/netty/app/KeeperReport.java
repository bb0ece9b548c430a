package io.trakx.netty.app;

import io.trakx.core.access.AccessControl;
import io.trakx.netty.admin.ReadinessCheck;
import io.trakx.netty.config.TrakxConfig;
import io.trakx.netty.metrics.Metrics;
import io.trakx.netty.persistence.PersistenceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is told of the database and of the snapshots: to those who ask whether the tracker is well,
 * and as figures. Thread-safe; never waits.
 */
final class KeeperReport {
  /** After how many intervals without success what is written now and then is too old. */
  private static final int PATIENCE_INTERVALS = 3;

  /** And this on top of it, for what is being written. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final @Nullable Supplier<PersistenceStatus> database;
  private final @Nullable Supplier<SnapshotStatus> snapshots;
  private final AccessControl access;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private final Duration flushInterval;
  private final Duration snapshotInterval;

  /**
   * @param database null if there is none
   * @param snapshots null if none are written
   * @param access has the bans
   */
  KeeperReport(
      TrakxConfig config,
      @Nullable Supplier<PersistenceStatus> database,
      @Nullable Supplier<SnapshotStatus> snapshots,
      AccessControl access,
      LongSupplier nanoClock) {
    this.database = database;
    this.snapshots = snapshots;
    this.access = access;
    this.nanoClock = nanoClock;
    startNanos = nanoClock.getAsLong();
    flushInterval = config.database().map(options -> options.flushInterval()).orElse(Duration.ZERO);
    snapshotInterval = config.snapshotInterval();
  }

  /** The parts of it; the tracker serves without any of them. */
  List<ReadinessCheck> readiness() {
    List<ReadinessCheck> checks = new ArrayList<>();
    Supplier<PersistenceStatus> asked = database;
    if (asked != null) {
      checks.add(
          new ReadinessCheck(
              "database",
              false,
              () -> trouble(asked.get()),
              () -> Map.of("last_flush_age_seconds", asked.get().lastFlushAgeSeconds())));
      checks.add(
          new ReadinessCheck(
              "flush",
              false,
              () -> tooOld("nothing was written", flushAgeSeconds(asked.get()), flushInterval),
              () -> flushDetails(asked.get())));
    }
    Supplier<SnapshotStatus> keeper = snapshots;
    if (keeper != null) {
      checks.add(
          new ReadinessCheck(
              "snapshot",
              false,
              () -> snapshotTrouble(keeper.get()),
              () -> Map.of("last_age_seconds", keeper.get().lastAgeSeconds())));
    }
    return checks;
  }

  private static Optional<String> trouble(PersistenceStatus status) {
    return status.state() == PersistenceStatus.State.LOADING
        ? Optional.of("completed counts are being read")
        : status.trouble();
  }

  private Map<String, Object> flushDetails(PersistenceStatus status) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("age_seconds", flushAgeSeconds(status));
    details.put("last_milliseconds", status.lastFlushMillis());
    return details;
  }

  private Optional<String> snapshotTrouble(SnapshotStatus status) {
    return status
        .trouble()
        .or(() -> tooOld("no snapshot was written", snapshotAgeSeconds(status), snapshotInterval));
  }

  private static Optional<String> tooOld(String what, long ageSeconds, Duration interval) {
    Duration limit = interval.multipliedBy(PATIENCE_INTERVALS).plus(PATIENCE);
    return ageSeconds <= limit.toSeconds()
        ? Optional.empty()
        : Optional.of(
            "%s for %d s; one a time of %d s is wanted"
                .formatted(what, ageSeconds, interval.toSeconds()));
  }

  /** Since the last one, or since the start. */
  private long flushAgeSeconds(PersistenceStatus status) {
    return status.lastFlushAgeSeconds() < 0 ? ageSeconds() : status.lastFlushAgeSeconds();
  }

  /** Since the last one, or since the start. */
  private long snapshotAgeSeconds(SnapshotStatus status) {
    return status.lastAgeSeconds() < 0 ? ageSeconds() : status.lastAgeSeconds();
  }

  private long ageSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(nanoClock.getAsLong() - startNanos);
  }

  /** What the database is doing, in one word; empty if there is none. */
  Optional<String> databaseState() {
    return Optional.ofNullable(database)
        .map(asked -> asked.get().state().name().toLowerCase(Locale.ROOT));
  }

  /** What there is to count, by its name under {@code trakx.} in {@code /debug/vars}. */
  Map<String, Long> figures() {
    Map<String, Long> figures = new LinkedHashMap<>();
    if (database != null) {
      PersistenceStatus status = database.get();
      figures.put("database.connected", status.trouble().isEmpty() ? 1L : 0L);
      figures.put("database.last_flush_age_seconds", status.lastFlushAgeSeconds());
      figures.put("database.last_flush_milliseconds", status.lastFlushMillis());
      figures.put("database.flushes", status.flushes());
      figures.put("database.torrents_written", status.torrentsWritten());
      figures.put("database.failures", status.failures());
      figures.put("database.torrents_loaded", status.torrentsLoaded());
      figures.put("database.samples_waiting", status.samplesWaiting());
      figures.put("database.torrents_pruned", status.torrentsPruned());
      figures.put("database.bans", bans());
    }
    if (snapshots != null) {
      SnapshotStatus status = snapshots.get();
      figures.put("snapshot.last_age_seconds", status.lastAgeSeconds());
      figures.put("snapshot.last_milliseconds", status.lastMillis());
      figures.put("snapshot.last_bytes", status.lastBytes());
      figures.put("snapshot.last_peers", status.lastPeers());
      figures.put("snapshot.written", status.written());
      figures.put("snapshot.failures", status.failures());
      figures.put("snapshot.peers_restored", status.peersRestored());
    }
    return figures;
  }

  /** Adds the metrics of what there is. */
  void addTo(Metrics metrics) {
    KeeperMetrics added = new KeeperMetrics(metrics);
    Supplier<PersistenceStatus> asked = database;
    if (asked != null) {
      LongSupplier age = () -> TimeUnit.SECONDS.toMillis(flushAgeSeconds(asked.get()));
      added.addDatabase(asked, age, flushInterval, this::bans);
    }
    Supplier<SnapshotStatus> keeper = snapshots;
    if (keeper != null) {
      LongSupplier age = () -> TimeUnit.SECONDS.toMillis(snapshotAgeSeconds(keeper.get()));
      added.addSnapshots(keeper, age, snapshotInterval);
    }
  }

  private long bans() {
    return access.lists().banned().size();
  }
}
