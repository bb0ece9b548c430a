package io.trakx.netty.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Debian of its own, as small as one with systemd can be, and booted: a container of
 * systemd-nspawn with a network that has the loopback device only, and a name that no DNS knows.
 * Debian and mirrors are those of the machine. Making one needs root and some 35 seconds.
 */
final class CleanSystem implements AutoCloseable {
  private static final int INSTALL_SECONDS = 240;
  private static final Duration BOOT = Duration.ofSeconds(60);
  private static final int COMMAND_SECONDS = 120;

  /** What it has beside Debian's essential packages. */
  private static final String PACKAGES = "systemd,systemd-sysv,adduser";

  private final Path root;
  private final ClientProcess container;
  private final long init;

  private CleanSystem(Path root, ClientProcess container, long init) {
    this.root = root;
    this.container = container;
    this.init = init;
  }

  /** Needs Debian, root and the programs for this. */
  static void require() throws IOException {
    Requirements.programs(List.of("apt-get", "mmdebstrap", "systemd-nspawn", "nsenter", "curl"));
    Requirements.require(
        Commands.run(List.of("id", "-u")).strip().equals("0"), "only root may make a system");
    Requirements.require(!mirrors().isEmpty(), "apt has no lists of Debian's packages");
  }

  /**
   * Makes the system and boots it.
   *
   * @param directory where its files go
   */
  static CleanSystem boot(Path directory) throws IOException {
    Path root = directory.resolve("root");
    Path sources = Files.writeString(directory.resolve("sources.list"), mirrors());
    List<String> make =
        new ArrayList<>(
            List.of(
                "mmdebstrap",
                "--quiet",
                "--variant=minbase",
                "--format=directory",
                "--include=" + PACKAGES));
    proxies().forEach(proxy -> make.add("--aptopt=" + proxy));
    make.addAll(List.of(codename(), root.toString(), sources.toString()));
    expectSuccess(Commands.tryRun(make, INSTALL_SECONDS));
    List<String> start =
        new ArrayList<>(
            List.of(
                "systemd-nspawn",
                "--quiet",
                "--register=no",
                "--private-network",
                "--hostname=clean",
                "--console=pipe",
                "--directory=" + root,
                "--boot"));
    if (!Files.exists(Path.of("/run/systemd/system"))) {
      // No systemd out here that could make a unit for it.
      start.add(1, "--keep-unit");
    }
    ClientProcess container =
        ClientProcess.start("system", directory, Map.of("SYSTEMD_NSPAWN_LOCK", "0"), start);
    try {
      long init =
          Await.until("init", BOOT, container::children, children -> !children.isEmpty())
              .getFirst();
      CleanSystem system = new CleanSystem(root, container, init);
      Await.until(
          "booted system",
          BOOT,
          () -> system.tryRun("systemctl", "is-system-running").output(),
          state -> state.strip().equals("running"));
      return system;
    } catch (AssertionError | RuntimeException e) {
      container.close();
      throw e;
    }
  }

  /** Where its file system lies. */
  Path root() {
    return root;
  }

  /** Runs a command in it as root, and expects that it succeeds; returns what it printed. */
  String run(String... command) {
    return expectSuccess(tryRun(command)).output();
  }

  /** The same, whatever it exits with. */
  Commands.Result tryRun(String... command) {
    List<String> inside = new ArrayList<>(List.of("nsenter", "--target", Long.toString(init)));
    inside.addAll(List.of("--all", "--root", "--wd", "env", "-i"));
    inside.addAll(List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive"));
    inside.addAll(List.of(command));
    return outside(inside);
  }

  /** Runs a program of this machine in the network of the system. */
  Commands.Result tryRunInNetwork(String... command) {
    List<String> inside = new ArrayList<>(List.of("nsenter", "--target", Long.toString(init)));
    inside.add("--net");
    inside.addAll(List.of(command));
    return outside(inside);
  }

  private static Commands.Result outside(List<String> command) {
    try {
      return Commands.tryRun(command, COMMAND_SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Commands.Result expectSuccess(Commands.Result result) {
    if (result.exitCode() != 0) {
      throw new AssertionError("Failed: " + result);
    }
    return result;
  }

  /** The machine's own sources of Debian, others left out. */
  private static String mirrors() throws IOException {
    return Commands.run(
        List.of(
            "apt-get",
            "indextargets",
            "--format",
            "deb $(REPO_URI) $(RELEASE) $(COMPONENT)",
            "Created-By: Packages",
            "Origin: Debian"));
  }

  private static List<String> proxies() throws IOException {
    return Commands.run(List.of("apt-config", "dump", "Acquire"))
        .lines()
        .filter(line -> line.matches("Acquire::https?::Proxy \".+\";"))
        .toList();
  }

  private static String codename() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/etc/os-release"))) {
      return lines
          .filter(line -> line.startsWith("VERSION_CODENAME="))
          .map(line -> line.substring(line.indexOf('=') + 1))
          .collect(Collectors.joining());
    }
  }

  /** Switches it off, hard, and removes its files. */
  @Override
  public void close() throws IOException {
    container.close();
    expectSuccess(
        Commands.tryRun(
            List.of("rm", "-rf", "--one-file-system", root.toString()), COMMAND_SECONDS));
  }

  @Override
  public String toString() {
    return tryRun("journalctl", "--no-pager", "--lines=100").output();
  }
}
