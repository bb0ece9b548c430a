package io.trakx.netty.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A file that is only ever replaced whole. A new one is written beside it, forced to the disk and
 * renamed over it, so that there is a whole one at any time, whatever dies or fills up. For one
 * thread.
 */
public final class WholeFile {
  private static final DateTimeFormatter ASIDE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Path path;
  private final Path unfinished;
  private final InstantSource wallClock;

  /**
   * @param path in a directory that exists
   * @param wallClock tells when a damaged file was found
   */
  public WholeFile(Path path, InstantSource wallClock) {
    this.path = path;
    this.unfinished = sibling(".unfinished");
    this.wallClock = wallClock;
  }

  /** Writes what the file is to hold. */
  @FunctionalInterface
  public interface Content<T> {
    /** Writes all of it to an empty file. */
    T write(FileChannel channel) throws IOException;
  }

  /** Where it is, if it is there. */
  public Path path() {
    return path;
  }

  /**
   * Replaces the file.
   *
   * @return what {@code content} returned
   * @throws IOException if that failed; the file is as it was
   */
  public <T> T replace(Content<T> content) throws IOException {
    try {
      T written;
      try (FileChannel channel =
          FileChannel.open(
              unfinished,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        written = content.write(channel);
        channel.force(true);
      }
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      forceDirectory();
      return written;
    } finally {
      // There only if something failed.
      Files.deleteIfExists(unfinished);
    }
  }

  /**
   * Renames the file to end in {@code .damaged-} and the time.
   *
   * @return what it is called now; null if it could not be renamed
   */
  public @Nullable Path setAside() {
    Path aside = sibling(".damaged-" + ASIDE_TIME.format(wallClock.instant()));
    try {
      return Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      return null;
    }
  }

  private Path sibling(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  /** Forces the renaming to the disk. */
  private void forceDirectory() throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
