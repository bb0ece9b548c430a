package io.trakx.netty.attack;

import io.trakx.netty.e2e.Commands;
import io.trakx.netty.e2e.Requirements;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of some MiB, which a test can fill. */
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 4096;

  private final Path path;
  private final Path filler;

  private SmallDisk(Path path) {
    this.path = path;
    this.filler = path.resolve("filler");
  }

  /** Mounts it at a directory that is made; needs root. */
  static SmallDisk mount(Path directory, int mib) throws IOException {
    Files.createDirectory(directory);
    List<String> command =
        List.of("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "tmpfs", directory.toString());
    Commands.Result mounted = Commands.tryRun(command);
    Requirements.require(mounted.exitCode() == 0, "no disk can be mounted: " + mounted.output());
    return new SmallDisk(directory);
  }

  Path path() {
    return path;
  }

  /** Takes all the room there is. */
  void fill() {
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // It is full now.
    }
  }

  /** Gives the room back. */
  void empty() throws IOException {
    Files.delete(filler);
  }

  @Override
  public void close() throws IOException {
    Commands.run(List.of("umount", path.toString()));
  }
}
