package io.trakx.netty.app;

import io.trakx.netty.metrics.Metrics;
import io.trakx.netty.persistence.PersistenceStatus;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The metrics of the database and of the snapshots. */
final class KeeperMetrics {
  private final Metrics metrics;

  KeeperMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  /**
   * Adds those of the database.
   *
   * @param ageMillis since the last flush, or since the start
   * @param interval from one flush to the next
   * @param bans how many are in force
   */
  void addDatabase(
      Supplier<PersistenceStatus> status,
      LongSupplier ageMillis,
      Duration interval,
      LongSupplier bans) {
    metrics.gauge(
        "database.up",
        "Whether the database is used: 1, or 0 while it is away.",
        () -> status.get().trouble().isEmpty() ? 1 : 0);
    metrics.duration(
        "database.last_flush_age",
        "How long ago all that had changed was last written; before that, since the start.",
        ageMillis);
    metrics.duration(
        "database.last_flush_duration",
        "How long the last writing of all that had changed took.",
        () -> status.get().lastFlushMillis());
    metrics.duration(
        "database.flush_interval",
        "How often what has changed is to be written (database.flush_interval).",
        interval::toMillis);
    metrics.counter(
        "database.flushes",
        "Times that all that had changed was written.",
        () -> status.get().flushes());
    metrics.counter(
        "database.torrents_written",
        "Rows of torrents written.",
        () -> status.get().torrentsWritten());
    metrics.counter(
        "database.failures",
        "Times that the database failed or could not be reached.",
        () -> status.get().failures());
    metrics.counter(
        "database.torrents_loaded",
        "Torrents brought back since the start.",
        () -> status.get().torrentsLoaded());
    metrics.counter(
        "database.torrents_pruned",
        "Rows of idle torrents deleted.",
        () -> status.get().torrentsPruned());
    metrics.gauge(
        "database.samples_waiting",
        "Minutes of the history that are not written yet.",
        () -> status.get().samplesWaiting());
    metrics.gauge("database.bans", "Torrents banned.", bans);
  }

  /**
   * Adds those of the snapshots.
   *
   * @param ageMillis since the last one, or since the start
   * @param interval from one to the next
   */
  void addSnapshots(Supplier<SnapshotStatus> status, LongSupplier ageMillis, Duration interval) {
    metrics.duration(
        "snapshot.last_age",
        "How long ago the last snapshot was written; before that, since the start.",
        ageMillis);
    metrics.duration(
        "snapshot.last_duration",
        "How long the last snapshot took to write.",
        () -> status.get().lastMillis());
    metrics.duration(
        "snapshot.interval",
        "How often a snapshot is to be written (snapshot.interval).",
        interval::toMillis);
    metrics.gauge(
        "snapshot.last_bytes",
        "How long the last snapshot's file is.",
        () -> status.get().lastBytes());
    metrics.gauge(
        "snapshot.last_peers", "Peers in the last snapshot.", () -> status.get().lastPeers());
    metrics.counter("snapshot.written", "Snapshots written.", () -> status.get().written());
    metrics.counter(
        "snapshot.failures", "Snapshots that could not be written.", () -> status.get().failures());
    metrics.gauge(
        "snapshot.peers_restored",
        "Peers that the start took from a snapshot.",
        () -> status.get().peersRestored());
  }
}
