package io.trakx.netty.snapshot;

import io.trakx.core.swarm.ChangeLog;
import io.trakx.core.swarm.PendingCompletions;
import io.trakx.core.swarm.SwarmExport;
import io.trakx.core.swarm.SwarmImport;
import io.trakx.core.swarm.SwarmStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The file that holds a snapshot. A new one is written beside it, forced to the disk and renamed
 * over it, so that there is a whole one at any time, whatever dies or fills up. For one thread.
 */
public final class SnapshotFile {
  private static final DateTimeFormatter ASIDE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Path file;
  private final Path unfinished;
  private final InstantSource wallClock;

  /**
   * @param file in a directory that exists
   * @param wallClock tells how long ago a snapshot was written, over restarts
   */
  public SnapshotFile(Path file, InstantSource wallClock) {
    this.file = file;
    this.unfinished = sibling(".unfinished");
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
    try {
      WrittenSnapshot written;
      try (FileChannel channel =
          FileChannel.open(
              unfinished,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        SnapshotWriter target = new SnapshotWriter(channel);
        target.header(header);
        target.swarms(new SwarmExport(store, minute), rest);
        target.pending(changes.pending());
        written = target.end();
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      forceDirectory();
      return written;
    } finally {
      // There only if something failed.
      Files.deleteIfExists(unfinished);
    }
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
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
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
      return new RestoredSnapshot.SetAside(e.reason(), setAside(), counts(target));
    } catch (IOException e) {
      return new RestoredSnapshot.SetAside("reading it failed: " + e, setAside(), counts(target));
    }
  }

  private Duration age(Instant writtenAt) {
    Duration age = Duration.between(writtenAt, wallClock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** Renames the file; null if that fails. */
  private @Nullable Path setAside() {
    Path aside = sibling(".damaged-" + ASIDE_TIME.format(wallClock.instant()));
    try {
      return Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      return null;
    }
  }

  private Path sibling(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Forces the renaming to the disk. */
  private void forceDirectory() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static RestoredSnapshot.SwarmCounts counts(SwarmImport swarms) {
    return new RestoredSnapshot.SwarmCounts(
        swarms.peers(), swarms.torrents(), swarms.tooOld(), swarms.refused());
  }
}
