package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the launcher has Java do: its collector, unless another is asked for, and the cache that
 * shortens the start, which is there, used, ignored where it does not suit, made anew.
 */
class LauncherIT {
  /** Says of each class where it came from. */
  private static final String TELL = " -Xlog:class+load:stderr";

  private static final String FROM_CACHE = "io.trakx.netty.app.Main source: shared objects file";

  private static final String UNSUITABLE = " -XX:-UseCompactObjectHeaders";
  private static final int LIMIT_SECONDS = 120;

  @TempDir Path directory;

  private static Path distribution() {
    return TrakxProcess.launcher().resolveSibling("..").normalize();
  }

  @Test
  void collectorAmongTheOptionsReplacesOurs() throws Exception {
    String tell = "-Xlog:gc:stderr";
    assertThat(run(distribution(), tell, "--version")).startsWith("0").contains("Using Shenandoah");
    for (String other : List.of("Serial", "G1")) {
      assertThat(run(distribution(), "-XX:+Use" + other + "GC " + tell, "--version"))
          .startsWith("0")
          .contains("Using " + other);
    }
  }

  @Test
  void distributionStartsFromItsCacheWhateverTheCollector() throws Exception {
    assertThat(run(distribution(), TELL, "--version")).contains(FROM_CACHE);
    assertThat(run(distribution(), "-XX:+UseSerialGC" + TELL, "--version")).contains(FROM_CACHE);
    assertThat(run(distribution(), "-XX:+UseG1GC" + TELL, "--version")).contains(FROM_CACHE);
  }

  @Test
  void cacheOfOtherOptionsIsIgnoredInSilence() throws Exception {
    assertThat(run(distribution(), UNSUITABLE + TELL, "--version")).doesNotContain(FROM_CACHE);
    assertSilent(run(distribution(), UNSUITABLE, "--version"));
  }

  @Test
  void distributionWithoutACacheStartsAndMakesOneAnywhere() throws Exception {
    Path copy = copy("a copy");
    try (Stream<Path> files = Files.list(copy.resolve("lib"))) {
      for (Path cache : files.filter(file -> file.toString().endsWith(".aot")).toList()) {
        Files.delete(cache);
      }
    }
    assertSilent(run(copy, "", "--version"));

    assertThat(run(copy, "", "cache")).isEqualTo("0\n");
    assertThat(run(copy, TELL, "--version")).contains(FROM_CACHE);
    Path moved = Files.move(copy, directory.resolve("moved"));
    assertThat(run(moved, TELL, "--version")).contains(FROM_CACHE);
    assertSilent(run(moved, "", "--version"));
  }

  @Test
  void cacheOfOtherJarsIsIgnoredInSilence() throws Exception {
    Path changed = copy("changed");
    Path ours;
    try (Stream<Path> files = Files.list(changed.resolve("lib"))) {
      ours =
          files.filter(file -> file.toString().contains("tracker-netty")).findAny().orElseThrow();
    }
    // What lies before the entries of an archive does not count.
    byte[] jar = Files.readAllBytes(ours);
    Files.write(ours, new byte[] {0});
    Files.write(ours, jar, StandardOpenOption.APPEND);

    assertThat(run(changed, TELL, "--version")).contains("app.Main ").doesNotContain(FROM_CACHE);
    assertSilent(run(changed, "", "--version"));
  }

  /** Exit code 0 and the version, nothing else. */
  private static void assertSilent(String result) {
    assertThat(result).matches("0\ntrakx \\S+\n");
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

  private Path copy(String name) throws IOException {
    Path copy = directory.resolve(name);
    try (Stream<Path> files = Files.walk(distribution())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(distribution().relativize(file)));
      }
    }
    return copy;
  }
}
