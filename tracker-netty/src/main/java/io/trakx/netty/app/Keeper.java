package io.trakx.netty.app;

import io.trakx.core.MinuteClock;
import io.trakx.core.access.AccessControl;
import io.trakx.core.stats.Counters;
import io.trakx.core.swarm.ChangeLog;
import io.trakx.core.swarm.StoreTotals;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.config.TrakxConfig;
import io.trakx.netty.persistence.History;
import io.trakx.netty.persistence.MemoryHistory;
import io.trakx.netty.persistence.Persistence;
import io.trakx.netty.persistence.WriterIds;
import io.trakx.netty.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What outlives the process, as far as the configuration wants it: the snapshot of the swarms, and
 * the database with counts, history and bans.
 *
 * <p>The order matters. Bans and swarms come back before anybody announces; the database is reached
 * when it answers, which holds nobody up. At the end the database is written first, so that the
 * snapshot knows what of the counts is in it.
 */
final class Keeper {
  /** The snapshot's name in the data directory. */
  static final String SNAPSHOT = "swarms.snapshot";

  /** The name there of the file of bans. */
  static final String BANS = "bans";

  private final TrakxConfig config;
  private final BanKeeper bans;
  private final @Nullable SnapshotKeeper snapshots;
  private final @Nullable Persistence database;
  private final @Nullable MemoryHistory memory;
  private final KeeperReport report;
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
    bans =
        new BanKeeper(access, new BanFile(config.dataDirectory().resolve(BANS), Clock.systemUTC()));
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
                        ProcessMemory::now,
                        bans::replace,
                        Clock.systemUTC(),
                        nanoClock))
            .orElse(null);
    memory =
        database == null
            ? new MemoryHistory(totals, ProcessMemory::now, counters, Clock.systemUTC())
            : null;
    report =
        new KeeperReport(
            config,
            database == null ? null : database::status,
            snapshots == null ? null : snapshots::status,
            access,
            nanoClock);
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

  /** Brings bans and swarms back; takes seconds if there are many. */
  void restore() {
    if (database != null) {
      bans.restore();
    }
    if (snapshots != null) {
      snapshots.restore(config.announce().peerTimeoutMinutes());
    }
  }

  /** Begins to write, and to follow the bans. Returns at once. */
  void start() {
    started = true;
    if (database != null) {
      database.start();
    } else if (memory != null) {
      memory.start();
    }
    if (snapshots != null) {
      snapshots.start(config.snapshotInterval());
    }
  }

  /** The tracker's figures over time. */
  History history() {
    return database == null ? Objects.requireNonNull(memory) : database.history();
  }

  /** What is told of it. */
  KeeperReport report() {
    return report;
  }

  private void closeDatabase() {
    if (database != null && started) {
      database.close();
    } else if (memory != null) {
      memory.close();
    }
  }

  private void closeSnapshots() {
    if (snapshots != null) {
      snapshots.close();
    }
  }
}
