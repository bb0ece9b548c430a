package io.trakx.netty.app;

import io.trakx.core.DutyCycle;
import io.trakx.core.MinuteClock;
import io.trakx.core.swarm.ChangeLog;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.snapshot.RestoredSnapshot;
import io.trakx.netty.snapshot.RestoredSnapshot.SwarmCounts;
import io.trakx.netty.snapshot.SnapshotFile;
import io.trakx.netty.snapshot.WrittenSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Takes the swarms from the snapshot at the start, and writes it now and then and at the end, on a
 * thread of its own.
 */
final class SnapshotKeeper implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger(SnapshotKeeper.class);

  /** What writing may take of one processor: ten million peers then take some ten seconds. */
  private static final double WRITE_SHARE = 0.25;

  /** How long a snapshot that is being written at the end may still take. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final SnapshotFile file;
  private final UUID writer;
  private final SwarmStore store;
  private final ChangeLog changes;
  private final MinuteClock clock;
  private final LongSupplier nanoClock;
  private final ScheduledExecutorService thread =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "trakx-snapshot"));
  private boolean started;
  private volatile boolean closing;
  private volatile SnapshotStatus last = SnapshotStatus.NONE;
  private volatile long lastNanos;

  /**
   * @param writer the tracker's name in its database
   * @param changes of the store; what of them is pending goes along with the swarms
   */
  SnapshotKeeper(
      SnapshotFile file,
      UUID writer,
      SwarmStore store,
      ChangeLog changes,
      MinuteClock clock,
      LongSupplier nanoClock) {
    this.file = file;
    this.writer = writer;
    this.store = store;
    this.changes = changes;
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  /**
   * Brings back what an earlier process wrote; takes seconds. Nothing of it can keep the tracker
   * from starting.
   *
   * @param peerTimeoutMinutes peers seen longer ago are left out
   */
  void restore(int peerTimeoutMinutes) {
    long startNanos = nanoClock.getAsLong();
    switch (file.restore(store, clock.minute(), peerTimeoutMinutes)) {
      case RestoredSnapshot.Absent _ -> LOG.debug("no snapshot; swarms start empty");
      case RestoredSnapshot.Complete found -> {
        resume(found);
        SwarmCounts swarms = found.swarms();
        restored(swarms);
        LOG.info(
            "snapshot of {} s ago read in {} ms: {} peers in {} torrents; {} peers too old, {} too"
                + " many",
            found.age().toSeconds(),
            millisSince(startNanos),
            swarms.peers(),
            swarms.torrents(),
            swarms.tooOld(),
            swarms.refused());
      }
      case RestoredSnapshot.SetAside damaged -> {
        restored(damaged.swarms());
        LOG.warn(
            "the snapshot is not usable, {}; {}; {} peers of it were read",
            damaged.reason(),
            damaged.aside() == null
                ? "it could not be renamed and will be overwritten"
                : "it is kept as " + damaged.aside(),
            damaged.swarms().peers());
      }
    }
  }

  /** What had not reached the database is still to be written, if it is the same tracker's. */
  private void resume(RestoredSnapshot.Complete found) {
    if (found.writer().equals(writer)) {
      changes.resume(found.pending());
    } else if (found.pending().size() > 0) {
      LOG.warn(
          "the snapshot is another tracker's: completed downloads of {} torrents that it had not"
              + " written to its database are left out",
          found.pending().size());
    }
  }

  private void restored(SwarmCounts swarms) {
    last = new SnapshotStatus(Optional.empty(), -1, 0, 0, 0, 0, 0, swarms.peers());
  }

  /** Begins to write a snapshot in each {@code interval}. */
  void start(Duration interval) {
    started = true;
    var _ =
        thread.scheduleWithFixedDelay(
            () -> write(new DutyCycle(WRITE_SHARE, nanoClock, this::pause)),
            interval.toMillis(),
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** How it fares. Never waits. */
  SnapshotStatus status() {
    SnapshotStatus now = last;
    return now.written() == 0
        ? now
        : new SnapshotStatus(
            now.trouble(),
            TimeUnit.NANOSECONDS.toSeconds(nanoClock.getAsLong() - lastNanos),
            now.lastMillis(),
            now.lastBytes(),
            now.lastPeers(),
            now.written(),
            now.failures(),
            now.peersRestored());
  }

  /** At the end nobody is served who could be held up. */
  private void pause(long nanos) {
    if (!closing) {
      LockSupport.parkNanos(nanos);
    }
  }

  private void write(Runnable rest) {
    long startNanos = nanoClock.getAsLong();
    try {
      WrittenSnapshot written = file.write(store, changes, writer, clock.minute(), rest);
      succeeded(written, millisSince(startNanos));
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  private void succeeded(WrittenSnapshot written, long millis) {
    SnapshotStatus before = last;
    lastNanos = nanoClock.getAsLong();
    last =
        new SnapshotStatus(
            Optional.empty(),
            0,
            millis,
            written.bytes(),
            written.peers(),
            before.written() + 1,
            before.failures(),
            before.peersRestored());
    if (before.trouble().isPresent()) {
      LOG.info("snapshots can be written again");
    }
    LOG.debug(
        "snapshot written in {} ms: {} peers, {} bytes", millis, written.peers(), written.bytes());
  }

  /** Told once: a full disk stays full for many a snapshot. */
  private void failed(Exception e) {
    SnapshotStatus before = last;
    last =
        new SnapshotStatus(
            Optional.of("the last one could not be written: " + e),
            before.lastAgeSeconds(),
            before.lastMillis(),
            before.lastBytes(),
            before.lastPeers(),
            before.written(),
            before.failures() + 1,
            before.peersRestored());
    if (before.trouble().isEmpty()) {
      LOG.error(
          "a snapshot cannot be written; the one before stays, and it is tried again: {}",
          e.toString());
    }
  }

  private long millisSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong() - startNanos);
  }

  /** Writes the last snapshot, if the tracker has served at all. */
  @Override
  public void close() {
    closing = true;
    // Not interrupted: the file that is being written would be closed by that.
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("the snapshot that is being written takes too long; it is left to itself");
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (started) {
      write(() -> {});
      SnapshotStatus end = last;
      if (end.trouble().isEmpty()) {
        LOG.info("snapshot written: {} peers, {} bytes", end.lastPeers(), end.lastBytes());
      } else {
        LOG.warn("no last snapshot; {}", end.trouble().get());
      }
    }
  }
}
