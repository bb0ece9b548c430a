package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache that shortens the start: there, used, ignored where it does not suit, made anew. */
class CacheIT {
  private static final String CACHE = "lib/trakx.aot";

  /** With it Java ends at once if it cannot use the cache. */
  private static final String INSIST = " -XX:AOTMode=on";

  private static final String UNSUITABLE = " -XX:-UseCompactObjectHeaders";
  private static final int LIMIT_SECONDS = 120;

  @TempDir Path directory;

  private static Path distribution() {
    return TrakxProcess.launcher().resolveSibling("..").normalize();
  }

  @Test
  void distributionStartsFromItsCache() throws Exception {
    assertThat(run(distribution(), "-XX:+UseSerialGC" + INSIST, "--version"))
        .startsWith("0\ntrakx ");
    assertThat(run(distribution(), "-XX:+UseG1GC" + INSIST, "--version")).startsWith("0\ntrakx ");
  }

  @Test
  void cacheOfOtherOptionsIsIgnoredInSilence() throws Exception {
    assertThat(run(distribution(), UNSUITABLE + INSIST, "--version")).doesNotStartWith("0\n");
    assertThat(run(distribution(), UNSUITABLE, "--version").lines()).hasSize(2);
  }

  @Test
  void distributionWithoutACacheStartsAndMakesOneAnywhere() throws Exception {
    Path copy = directory.resolve("a copy");
    copy(distribution(), copy);
    Files.delete(copy.resolve(CACHE));

    assertThat(run(copy, "", "--version").lines()).hasSize(2);
    assertThat(run(copy, "", "cache")).isEqualTo("0\n");
    Path moved = Files.move(copy, directory.resolve("moved"));
    assertThat(run(moved, INSIST, "--version")).startsWith("0\ntrakx ");
  }

  /** Exit code and output. */
  private String run(Path distribution, String javaOptions, String argument) throws Exception {
    try (ClientProcess process =
        ClientProcess.start(
            "run",
            directory,
            Map.of(
                "TRAKX_JAVA_HOME",
                System.getProperty("java.home"),
                "TRAKX_JAVA_OPTS",
                "-Xmx256m " + javaOptions),
            List.of(distribution.resolve("bin/trakx").toString(), argument))) {
      return process.awaitExit(LIMIT_SECONDS) + "\n" + process.output();
    }
  }

  /** Java compares the times of the jars with those that the cache was made from. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
