package io.trakx.netty.app;

import io.trakx.core.MinuteClock;
import io.trakx.core.access.AccessControl;
import io.trakx.core.access.InfoHashList;
import io.trakx.core.protocol.Bytes20;
import io.trakx.core.stats.Counters;
import io.trakx.core.swarm.ChangeLog;
import io.trakx.core.swarm.StoreTotals;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.admin.ReadinessCheck;
import io.trakx.netty.config.TrakxConfig;
import io.trakx.netty.persistence.Ban;
import io.trakx.netty.persistence.Persistence;
import io.trakx.netty.persistence.PersistenceStatus;
import io.trakx.netty.persistence.WriterIds;
import io.trakx.netty.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What outlives the process, as far as the configuration wants it: the snapshot of the swarms, and
 * the database with counts, history and bans.
 *
 * <p>The order matters. Swarms come back before anybody announces; the database is reached when it
 * answers, which holds nobody up. At the end the database is written first, so that the snapshot
 * knows what of the counts is in it.
 */
final class Keeper {
  /** The snapshot's name in the data directory. */
  static final String SNAPSHOT = "swarms.snapshot";

  private static final Logger LOG = LogManager.getLogger(Keeper.class);

  private final TrakxConfig config;
  private final AccessControl access;
  private final @Nullable SnapshotKeeper snapshots;
  private final @Nullable Persistence database;
  private boolean started;

  private Keeper(
      TrakxConfig config,
      AccessControl access,
      UUID writer,
      SwarmStore store,
      Counters counters,
      Supplier<StoreTotals> totals,
      MinuteClock clock,
      LongSupplier nanoClock) {
    this.config = config;
    this.access = access;
    int batch = config.database().map(Persistence::torrentsABatch).orElse(1);
    ChangeLog changes = new ChangeLog(store, batch);
    Path file = config.dataDirectory().resolve(SNAPSHOT);
    snapshots =
        config.snapshotInterval().isZero()
            ? null
            : new SnapshotKeeper(
                new SnapshotFile(file, Clock.systemUTC()),
                writer,
                store,
                changes,
                clock,
                nanoClock);
    database =
        config
            .database()
            .map(
                options ->
                    new Persistence(
                        options,
                        writer,
                        changes,
                        counters,
                        totals,
                        this::ban,
                        Clock.systemUTC(),
                        nanoClock))
            .orElse(null);
  }

  /**
   * Puts together what is wanted, over the data directory, which is locked from here on. Nothing is
   * read or written yet but the tracker's own name.
   *
   * @param store one that tracks changes if there is a database
   * @param closing gets what must be closed
   * @throws IOException if the data directory is wanted and cannot be used; the message is one line
   */
  static Keeper open(
      TrakxConfig config,
      AccessControl access,
      SwarmStore store,
      Counters counters,
      Supplier<StoreTotals> totals,
      MinuteClock clock,
      LongSupplier nanoClock,
      Closing closing)
      throws IOException {
    UUID writer = new UUID(0, 0);
    if (config.database().isPresent() || !config.snapshotInterval().isZero()) {
      DataDirectory directory = DataDirectory.open(config.dataDirectory());
      closing.add("data directory", directory);
      writer = writer(directory);
    }
    Keeper keeper = new Keeper(config, access, writer, store, counters, totals, clock, nanoClock);
    closing.add("snapshots", keeper::closeSnapshots);
    closing.add("database", keeper::closeDatabase);
    return keeper;
  }

  private static UUID writer(DataDirectory directory) throws IOException {
    try {
      return WriterIds.readOrCreate(directory.path());
    } catch (IOException e) {
      directory.close();
      throw new IOException("data.directory, the tracker's name cannot be had: " + e, e);
    }
  }

  /** Brings the swarms back; takes seconds if there are many. */
  void restore() {
    if (snapshots != null) {
      snapshots.restore(config.announce().peerTimeoutMinutes());
    }
  }

  /** Begins to write, and to follow the bans. Returns at once. */
  void start() {
    started = true;
    if (database != null) {
      database.start();
    }
    if (snapshots != null) {
      snapshots.start(config.snapshotInterval());
    }
  }

  /** Puts the bans of the database in force. */
  private void ban(List<Ban> bans) {
    InfoHashList.Builder list = new InfoHashList.Builder();
    Bytes20 infoHash = new Bytes20();
    for (Ban ban : bans) {
      infoHash.read(HexFormat.of().parseHex(ban.infoHash()), 0);
      list.add(infoHash, ban.reason().orElse(null));
    }
    if (!bans.isEmpty() || access.lists().banned().size() > 0) {
      access.replaceBans(list.build());
      LOG.info("{} torrents banned by the database", bans.size());
    }
  }

  /** The parts of it, for those who ask whether the tracker is well. */
  List<ReadinessCheck> readiness() {
    List<ReadinessCheck> checks = new ArrayList<>();
    Persistence asked = database;
    if (asked != null) {
      checks.add(
          new ReadinessCheck(
              "database",
              false,
              () -> trouble(asked.status()),
              () -> Map.of("last_flush_age_seconds", asked.status().lastFlushAgeSeconds())));
    }
    SnapshotKeeper keeper = snapshots;
    if (keeper != null) {
      checks.add(
          new ReadinessCheck(
              "snapshot",
              false,
              () -> keeper.status().trouble(),
              () -> Map.of("last_age_seconds", keeper.status().lastAgeSeconds())));
    }
    return checks;
  }

  private static Optional<String> trouble(PersistenceStatus status) {
    return status.state() == PersistenceStatus.State.LOADING
        ? Optional.of("completed counts are being read")
        : status.trouble();
  }

  /** What there is to count, by name. */
  Map<String, Long> figures() {
    Map<String, Long> figures = new LinkedHashMap<>();
    if (database != null) {
      PersistenceStatus status = database.status();
      figures.put("database.connected", status.trouble().isEmpty() ? 1L : 0L);
      figures.put("database.last_flush_age_seconds", status.lastFlushAgeSeconds());
      figures.put("database.last_flush_milliseconds", status.lastFlushMillis());
      figures.put("database.flushes", status.flushes());
      figures.put("database.torrents_written", status.torrentsWritten());
      figures.put("database.failures", status.failures());
      figures.put("database.torrents_loaded", status.torrentsLoaded());
      figures.put("database.samples_waiting", status.samplesWaiting());
      figures.put("database.torrents_pruned", status.torrentsPruned());
      figures.put("database.bans", status.bans());
    }
    if (snapshots != null) {
      SnapshotStatus status = snapshots.status();
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

  private void closeDatabase() {
    if (database != null && started) {
      database.close();
    }
  }

  private void closeSnapshots() {
    if (snapshots != null) {
      snapshots.close();
    }
  }
}
