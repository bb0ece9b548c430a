package io.trakx.netty.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The npm packages that tests use, in the versions of the lock file. */
final class NodePackages {
  private static final int INSTALL_SECONDS = 120;

  private static final Path SOURCES = Path.of("src", "test", "node").toAbsolutePath();
  private static final Path INSTALLED = Path.of("target", "node").toAbsolutePath();

  private NodePackages() {}

  /** Installs them, beside our own scripts, and returns where; skips the test if that fails. */
  static Path install() throws Exception {
    Requirements.programs(List.of("node", "npm", "setpriv"));
    Files.createDirectories(INSTALLED);
    for (String file : List.of("package.json", "package-lock.json", "announce.js")) {
      Files.copy(
          SOURCES.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    // Without the optional, native parts and without scripts: nothing is compiled or fetched.
    List<String> install =
        List.of("npm", "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund");
    try (ClientProcess npm = ClientProcess.start("npm", INSTALLED, Map.of(), install)) {
      Requirements.require(npm.awaitExit(INSTALL_SECONDS) == 0, "npm fails: " + npm.output());
    }
    return INSTALLED;
  }
}
