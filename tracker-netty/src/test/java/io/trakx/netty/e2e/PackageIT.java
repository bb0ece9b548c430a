package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Debian package and the tarball on a clean system that has no Java: a story from installation
 * to purge, told in order, since each chapter begins where the last one ended.
 */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PackageIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path PACKAGES = Path.of(System.getProperty("trakx.packages", "target"));

  /** What systemd-analyze rates the unit's exposure at, from 0 to 10. */
  private static final Pattern EXPOSURE = Pattern.compile("exposure level for \\S+: ([0-9.]+)");

  /** The hard limit in /proc/PID/limits. */
  private static final Pattern OPEN_FILES = Pattern.compile("Max open files +[0-9]+ +([0-9]+)");

  private static final double MOST_EXPOSURE = 2.0;

  @TempDir static Path directory;

  private static CleanSystem system;
  private static Set<String> before;

  @BeforeAll
  static void boot() throws IOException {
    CleanSystem.require();
    Requirements.programs(List.of("dpkg-deb"));
    system = CleanSystem.boot(directory);
    before = files();
  }

  @AfterAll
  static void switchOff() throws IOException {
    if (system != null) {
      system.close();
    }
  }

  private static Path find(Path where, String pattern) throws IOException {
    try (Stream<Path> files = Files.list(where)) {
      return files
          .filter(file -> file.getFileName().toString().matches(pattern))
          .findAny()
          .orElseThrow(() -> new AssertionError("no " + pattern + " in " + where));
    }
  }

  /** Copies a file into the system; returns its name there. */
  private static String bring(Path file, String name) throws IOException {
    Files.copy(file, system.root().resolve("root").resolve(name));
    return "/root/" + name;
  }

  /** All files but those of programs that keep notes of what they did. */
  private static Set<String> files() {
    return new TreeSet<>(
        system
            .run(
                "find",
                "/",
                "-xdev",
                "-not",
                "-path",
                "/root/*",
                "-not",
                "-path",
                "/var/log/*",
                "-not",
                "-path",
                "/var/cache/*",
                "-not",
                "-path",
                "/var/lib/dpkg/*",
                "-not",
                "-path",
                "/var/lib/apt/*",
                "-not",
                "-path",
                "/var/lib/systemd/*",
                "-not",
                "-path",
                "/var/tmp/*",
                "-not",
                "-path",
                "/etc/*-")
            .lines()
            .toList());
  }

  private static String show(String property) {
    return system.run("systemctl", "show", "--value", "--property", property, "trakx").strip();
  }

  private static String journal() {
    return system.run("journalctl", "--no-pager", "--unit", "trakx");
  }

  private static String announce(int httpPort, int peer) {
    String url =
        "http://127.0.0.1:%d/announce?info_hash=%s&peer_id=peer%016d&port=%d&left=1"
            .formatted(httpPort, "a".repeat(20), peer, 6881 + peer);
    Commands.Result result = system.tryRunInNetwork("curl", "--silent", "--fail", url);
    assertThat(result.exitCode()).as("%s%n%s", result, system).isZero();
    return result.output();
  }

  private static void assertServes() {
    assertThat(system.tryRun("systemctl", "is-active", "trakx").output())
        .as("%s", system)
        .isEqualTo("active\n");
    assertThat(show("StatusText")).isEqualTo("serving");
    assertThat(show("NRestarts")).isEqualTo("0");
  }

  private static String stat(String format, String path) {
    return system.run("stat", "--format", format, path).strip();
  }

  private static List<String> caches() {
    return system.run("find", "/usr/lib/trakx", "-name", "*.aot").lines().toList();
  }

  @Test
  @Order(1)
  void tarballRunsWithoutAnyJava() throws Exception {
    String tarball = bring(find(PACKAGES, "trakx-.+-linux-.+\\.tar\\.gz"), "trakx.tar.gz");
    system.run("mkdir", "/root/tarball");
    system.run("tar", "-xf", tarball, "-C", "/root/tarball", "--strip-components=1");
    String launcher = "/root/tarball/bin/trakx";

    assertThat(system.run(launcher, "--version")).startsWith("trakx ");
    assertThat(system.run(launcher, "check", "--set=data.directory=/root/data"))
        .contains("transport.type, epoll");
    system.run(launcher, "cache");
    assertThat(system.run("sh", "-c", "ls /root/tarball/lib/trakx-*.aot").lines()).hasSize(1);
    assertThat(system.run("cat", "/root/tarball/THIRD-PARTY.txt"))
        .contains("io.netty:netty-handler:")
        .doesNotContain("io.trakx");
    assertThat(system.run("sh", "-c", "cat /root/tarball/*-bom.json"))
        .contains("CycloneDX", "pkg:maven/io.netty/netty-handler@", "pkg:maven/com.h2database/h2@");
  }

  @Test
  @Order(2)
  void installationGivesARunningService() throws Exception {
    String deb = bring(find(PACKAGES, "trakx_.+\\.deb"), "trakx.deb");

    system.run("apt-get", "install", "-y", deb);

    assertServes();
    assertThat(system.run("systemctl", "is-enabled", "trakx")).isEqualTo("enabled\n");
    assertThat(journal()).contains(" serves on 0.0.0.0:1337, ", "; epoll with ");
    assertThat(journal()).doesNotContain("ERROR", "WARN  Trakx", "Exception");
    assertThat(announce(1337, 1)).contains("8:completei0e");
    assertThat(stat("%U:%G %a", "/etc/trakx/trakx.yaml")).isEqualTo("root:trakx 640");
    assertThat(stat("%U:%G %a", "/var/lib/trakx")).isEqualTo("trakx:trakx 750");
    assertThat(stat("%U", "/proc/" + show("MainPID"))).isEqualTo("trakx");
    assertThat(caches()).hasSize(1);
    assertThat(journal()).contains("Started trakx.service");
  }

  @Test
  @Order(3)
  void serviceMayDoLittle() {
    String status = system.run("cat", "/proc/" + show("MainPID") + "/status");

    // CAP_NET_BIND_SERVICE alone.
    assertThat(status).containsPattern("CapEff:\\s+0000000000000400");
    assertThat(status).containsPattern("CapBnd:\\s+0000000000000400");
    assertThat(status).containsPattern("NoNewPrivs:\\s+1");
    assertThat(status).containsPattern("Seccomp:\\s+2");
    // What the unit asks for, or the most that init has, where this machine lets nobody have more.
    Matcher most = OPEN_FILES.matcher(system.run("cat", "/proc/1/limits"));
    assertThat(most.find()).isTrue();
    long files = Math.min(131072, Long.parseLong(most.group(1)));
    assertThat(system.run("cat", "/proc/" + show("MainPID") + "/limits"))
        .containsPattern("Max open files\\s+" + files + "\\s+" + files);
    assertThat(system.run("systemd-analyze", "verify", "trakx.service")).isEmpty();
    Matcher exposure =
        EXPOSURE.matcher(system.run("systemd-analyze", "--no-pager", "security", "trakx"));
    assertThat(exposure.find()).isTrue();
    assertThat(Double.parseDouble(exposure.group(1))).isLessThanOrEqualTo(MOST_EXPOSURE);
  }

  @Test
  @Order(4)
  void operatorReloadsBansAndMovesToALowPort() throws Exception {
    system.run("systemctl", "reload", "trakx");
    // systemd takes a sent signal for a reload that is over; the program knows better, a moment
    // later.
    Await.until("reload", LIMIT, PackageIT::journal, log -> log.contains("lists read: "));
    Await.until("service", LIMIT, () -> show("StatusText"), "serving"::equals);
    assertServes();

    String hash = "62".repeat(20);
    system.run("runuser", "-u", "trakx", "--", "trakx", "ban", "add", hash, "a reason");
    assertThat(system.run("runuser", "-u", "trakx", "--", "trakx", "ban", "list"))
        .contains(hash, "a reason");

    Path configuration = system.root().resolve("etc/trakx/trakx.yaml");
    Files.writeString(
        configuration, Files.readString(configuration) + "http:\n  listen: [\"0.0.0.0:80\"]\n");
    system.run("systemctl", "restart", "trakx");
    assertServes();
    assertThat(announce(80, 2)).contains("10:incompletei2e");
  }

  @Test
  @Order(5)
  void serviceThatHangsIsStartedAgain() throws Exception {
    Path changes =
        Files.createDirectories(system.root().resolve("etc/systemd/system/trakx.service.d"));
    Files.writeString(changes.resolve("watchdog.conf"), "[Service]\nWatchdogSec=2s\n");
    system.run("systemctl", "daemon-reload");
    system.run("systemctl", "restart", "trakx");
    assertServes();
    String hung = show("MainPID");

    system.run("sh", "-c", "kill -STOP " + hung);

    Await.until("new process", LIMIT, () -> show("NRestarts"), "1"::equals);
    Await.until("service", LIMIT, () -> show("StatusText"), "serving"::equals);
    assertThat(show("MainPID")).isNotEqualTo(hung);
    assertThat(journal()).contains("Watchdog timeout");
    system.run("rm", "-r", "/etc/systemd/system/trakx.service.d");
    system.run("systemctl", "daemon-reload");
    system.run("systemctl", "restart", "trakx");
  }

  @Test
  @Order(6)
  void upgradeKeepsConfigurationDataAndSwarms() throws Exception {
    announce(80, 3);
    String configuration = system.run("cat", "/etc/trakx/trakx.yaml");

    system.run("apt-get", "install", "-y", bring(nextVersion(), "next.deb"));

    assertThat(system.run("dpkg-query", "--show", "--showformat", "${Version}", "trakx"))
        .isEqualTo("99.0");
    assertServes();
    assertThat(system.run("cat", "/etc/trakx/trakx.yaml")).isEqualTo(configuration);
    assertThat(stat("%U:%G %a", "/etc/trakx/trakx.yaml")).isEqualTo("root:trakx 640");
    assertThat(announce(80, 4)).containsPattern("10:incompletei[34]e");
    assertThat(system.run("runuser", "-u", "trakx", "--", "trakx", "ban", "list"))
        .contains("a reason");
    assertThat(caches()).hasSize(1);
  }

  /** The package again, with a version that is newer than any. */
  private static Path nextVersion() throws IOException {
    Path unpacked = directory.resolve("next");
    Path control = unpacked.resolve("DEBIAN/control");
    Path deb = find(PACKAGES, "trakx_.+\\.deb");
    outside("dpkg-deb", "--raw-extract", deb.toString(), unpacked.toString());
    Files.writeString(
        control, Files.readString(control).replaceFirst("(?m)^Version: .*", "Version: 99.0"));
    Path next = directory.resolve("next.deb");
    outside("dpkg-deb", "-Zgzip", "-z1", "--build", unpacked.toString(), next.toString());
    return next;
  }

  private static void outside(String... command) {
    try {
      Commands.Result result = Commands.tryRun(List.of(command), (int) LIMIT.toSeconds());
      assertThat(result.exitCode()).as("%s", result).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Order(7)
  void upgradeLeavesAServiceOffThatTheOperatorSwitchedOff() {
    system.run("systemctl", "disable", "--now", "trakx");

    system.run("apt-get", "install", "-y", "--reinstall", "/root/next.deb");

    assertThat(system.tryRun("systemctl", "is-enabled", "trakx").output()).isEqualTo("disabled\n");
    system.run("systemctl", "enable", "--now", "trakx");
    assertServes();
  }

  @Test
  @Order(8)
  void removalLeavesNothingButConfigurationAndData() {
    system.run("apt-get", "remove", "-y", "trakx");

    Set<String> left = files();
    left.removeAll(before);
    assertThat(left)
        .allMatch(
            file ->
                file.matches("/etc/trakx(/.*)?|/var/lib/trakx(/.*)?|/etc/ufw(/.*)?")
                    // Whether it is enabled, and that it is masked: how Debian keeps that until a
                    // purge.
                    || file.matches("/etc/systemd/system/(.+\\.wants/)?trakx\\.service"));
    assertThat(left).contains("/etc/trakx/trakx.yaml", "/var/lib/trakx/swarms.snapshot");
    assertThat(system.tryRun("systemctl", "is-active", "trakx").output()).isEqualTo("inactive\n");
  }

  @Test
  @Order(9)
  void purgeLeavesNothing() {
    system.run("apt-get", "purge", "-y", "trakx");

    Set<String> left = files();
    left.removeAll(before);
    assertThat(left).isEmpty();
    assertThat(system.tryRun("getent", "passwd", "trakx").exitCode()).isNotZero();
    assertThat(system.tryRun("getent", "group", "trakx").exitCode()).isNotZero();
  }
}
