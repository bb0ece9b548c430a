package io.trakx.netty.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directory of the tracker's own files, kept from others while it is open: a second tracker
 * over the same files would ruin them.
 *
 * <p>The lock is the system's, so that one of a process that was killed is gone with it.
 */
final class DataDirectory implements AutoCloseable {
  private static final String LOCK = "trakx.lock";

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the directory, if it is missing, and locks it.
   *
   * @throws IOException if it cannot be written or another tracker has it; the message is one line
   */
  static DataDirectory open(Path path) throws IOException {
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locks(channel)) {
        channel.close();
        throw new InUseException(path);
      }
      return new DataDirectory(path, channel);
    } catch (InUseException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("data.directory, %s cannot be written: %s".formatted(path, e), e);
    }
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static final class InUseException extends IOException {
    private static final long serialVersionUID = 1;

    InUseException(Path path) {
      super("data.directory, %s is in use by another tracker".formatted(path));
    }
  }
}
