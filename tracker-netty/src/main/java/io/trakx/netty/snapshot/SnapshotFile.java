package io.trakx.netty.snapshot;

import io.trakx.core.swarm.ChangeLog;
import io.trakx.core.swarm.PendingCompletions;
import io.trakx.core.swarm.SwarmExport;
import io.trakx.core.swarm.SwarmImport;
import io.trakx.core.swarm.SwarmStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * The file that holds a snapshot; there is a whole one at any time, whatever dies or fills up. For
 * one thread.
 */
public final class SnapshotFile {
  private final WholeFile file;
  private final InstantSource wallClock;

  /**
   * @param file in a directory that exists
   * @param wallClock tells how long ago a snapshot was written, over restarts
   */
  public SnapshotFile(Path file, InstantSource wallClock) {
    this.file = new WholeFile(file, wallClock);
    this.wallClock = wallClock;
  }

  /**
   * Writes all swarms of a store, which may go on working, and what of its changes is pending.
   *
   * @param writer who this tracker is to its database
   * @param minute of the same clock as the announces'
   * @param rest called after each bounded part, without a lock; may take its time
   * @throws IOException if that failed; the file is as it was
   */
  public WrittenSnapshot write(
      SwarmStore store, ChangeLog changes, UUID writer, int minute, Runnable rest)
      throws IOException {
    SnapshotHeader header = new SnapshotHeader(writer, wallClock.instant());
    return file.replace(
        channel -> {
          SnapshotWriter target = new SnapshotWriter(channel);
          target.header(header);
          target.swarms(new SwarmExport(store, minute), rest);
          target.pending(changes.pending());
          return target.end();
        });
  }

  /**
   * Brings the swarms back into a store. A file that is damaged, of another program or of another
   * version is renamed to end in {@code .damaged-} and the time; what was read before the damage
   * stays.
   *
   * @param minute of the same clock as the announces'
   * @param timeoutMinutes peers seen longer ago are left out; 1 to {@link
   *     SwarmStore#MAX_TIMEOUT_MINUTES}
   */
  public RestoredSnapshot restore(SwarmStore store, int minute, int timeoutMinutes) {
    SwarmImport target = new SwarmImport(store, minute, 0, timeoutMinutes);
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      SnapshotReader source = new SnapshotReader(channel);
      SnapshotHeader header = source.header();
      Duration age = age(header.writtenAt());
      int ageMinutes = (int) Math.min(age.toMinutes(), SwarmStore.MAX_TIMEOUT_MINUTES + 1);
      target = new SwarmImport(store, minute, ageMinutes, timeoutMinutes);
      PendingCompletions pending = source.rest(target);
      return new RestoredSnapshot.Complete(header.writer(), age, counts(target), pending);
    } catch (NoSuchFileException e) {
      return new RestoredSnapshot.Absent();
    } catch (DamagedSnapshotException e) {
      return new RestoredSnapshot.SetAside(e.reason(), file.setAside(), counts(target));
    } catch (IOException e) {
      return new RestoredSnapshot.SetAside(
          "reading it failed: " + e, file.setAside(), counts(target));
    }
  }

  private Duration age(Instant writtenAt) {
    Duration age = Duration.between(writtenAt, wallClock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }

  private static RestoredSnapshot.SwarmCounts counts(SwarmImport swarms) {
    return new RestoredSnapshot.SwarmCounts(
        swarms.peers(), swarms.torrents(), swarms.tooOld(), swarms.refused());
  }
}
