package io.trakx.netty.app;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code trakx cache}: makes the file that lets this distribution start faster. */
@Command(
    name = "cache",
    header = "Makes the cache that shortens the start, once for each Java.",
    description = {
      "Runs a tracker on free ports of the loopback device, asks it, and has Java write down what"
          + " it loaded, linked and found to be hot: to lib/trakx-*.aot of the distribution, which"
          + " must be writable.",
      "Java ignores a cache of another Java, so make it again after an upgrade."
    })
final class CacheCommand implements Callable<Integer> {
  /** The launcher puts the sum of the jars into the name. */
  private static final String NAMES = "trakx-*.aot";

  private final Program program;

  CacheCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() throws StartException, InterruptedException {
    Path home =
        program
            .home()
            .orElseThrow(() -> new StartException("only a distribution has a cache", null));
    Path lib = home.resolve("lib");
    try {
      // The launcher would use an old one, and Java can't use one and make another.
      for (Path old : caches(lib)) {
        Files.delete(old);
      }
      String output = new CacheTraining(home.resolve("bin/trakx")).run();
      if (caches(lib).isEmpty()) {
        throw new IOException("Java wrote none:" + output);
      }
    } catch (IOException e) {
      throw new StartException("the cache cannot be made: " + e.getMessage(), e);
    }
    return Program.OK;
  }

  private static List<Path> caches(Path lib) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(lib, NAMES)) {
      List<Path> caches = new ArrayList<>();
      found.forEach(caches::add);
      return caches;
    }
  }
}
