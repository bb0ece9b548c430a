package io.trakx.netty.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code trakx cache}: makes the file that lets this distribution start faster. */
@Command(
    name = "cache",
    header = "Makes the cache that shortens the start, once for each Java.",
    description = {
      "Runs a tracker on free ports of the loopback device, asks it, and has Java write down what"
          + " it loaded, linked and found to be hot: to lib/trakx.aot of the distribution, which"
          + " must be writable.",
      "Java ignores a cache of another Java, so make it again after an upgrade."
    })
final class CacheCommand implements Callable<Integer> {
  private static final String NAME = "trakx.aot";
  private static final String UNFINISHED = NAME + ".new";

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
    Path cache = lib.resolve(NAME);
    try {
      // The launcher would use the old one, and Java can't use one and make another.
      Files.deleteIfExists(cache);
      new CacheTraining(home, lib).write(UNFINISHED);
      Files.move(lib.resolve(UNFINISHED), cache, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StartException("the cache cannot be made: " + e.getMessage(), e);
    }
    return Program.OK;
  }
}
