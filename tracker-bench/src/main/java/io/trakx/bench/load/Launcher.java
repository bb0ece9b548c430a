package io.trakx.bench.load;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Starts the trackers as they come: this one from its distribution, opentracker from Debian's
 * package.
 *
 * <p>Debian builds opentracker so that it serves listed info-hashes only, so it is given the list
 * of all that the load is about.
 */
final class Launcher {
  private static final String WHITELIST = "whitelist.txt";

  private final Path distribution;
  private final Path opentracker;
  private final Path work;
  private final String javaOptions;
  private int started;

  /**
   * @param distribution the exploded distribution, with bin/trakx
   * @param opentracker the program
   * @param work a directory for what the trackers write; readable by all, since opentracker gives
   *     its privileges up
   * @param javaOptions further options for this tracker's Java
   */
  Launcher(Path distribution, Path opentracker, Path work, String javaOptions) {
    this.distribution = distribution;
    this.opentracker = opentracker;
    this.work = work;
    this.javaOptions = javaOptions;
  }

  /**
   * Starts a tracker that knows no peers.
   *
   * @param pin what makes it run on certain cores, before its command; may be empty
   * @param population the swarms it will be asked about
   */
  RunningTracker start(TrackerKind kind, List<String> pin, Population population)
      throws IOException, InterruptedException {
    return start(kind, pin, population, List.of());
  }

  /**
   * Starts a tracker that knows no peers.
   *
   * @param settings of this tracker, as {@code key=value}, beside those that every start needs
   */
  RunningTracker start(
      TrackerKind kind, List<String> pin, Population population, List<String> settings)
      throws IOException, InterruptedException {
    int port = RunningTracker.freePort();
    Path home = Files.createDirectory(work.resolve(kind.label() + "-" + ++started));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> command = new ArrayList<>(pin);
    switch (kind) {
      case TRAKX -> {
        command.addAll(trakx(port, home));
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
      }
      case OPENTRACKER -> command.addAll(opentracker(port, home, population));
    }
    return RunningTracker.start(
        kind,
        command,
        Map.of("TRAKX_JAVA_OPTS", javaOptions),
        port,
        population,
        home.resolve("output.log"));
  }

  private List<String> trakx(int port, Path home) {
    String listen = "127.0.0.1:" + port;
    return List.of(
        distribution.resolve("bin/trakx").toString(),
        "serve",
        "--set",
        "http.listen=" + listen,
        "--set",
        "udp.listen=" + listen,
        "--set",
        "metrics.listen=127.0.0.1:0",
        // Some ten addresses are the world here. They are counted, as others are, and never
        // refused.
        "--set",
        "limits.requests_per_address=100000000",
        "--set",
        "data.directory=" + home);
  }

  private List<String> opentracker(int port, Path home, Population population) throws IOException {
    Path whitelist = home.resolve(WHITELIST);
    ByteBuffer infoHash = ByteBuffer.allocate(Population.INFO_HASH_BYTES);
    try (BufferedWriter writer = Files.newBufferedWriter(whitelist)) {
      for (int swarm = 0; swarm < population.swarms(); swarm++) {
        infoHash.clear();
        Population.putInfoHash(infoHash, swarm);
        writer.write(HexFormat.of().formatHex(infoHash.array()));
        writer.newLine();
      }
    }
    Files.setPosixFilePermissions(whitelist, PosixFilePermissions.fromString("rw-r--r--"));
    String text = Integer.toString(port);
    return List.of(
        opentracker.toString(),
        "-i",
        "127.0.0.1",
        "-p",
        text,
        "-P",
        text,
        "-d",
        home.toString(),
        "-w",
        WHITELIST);
  }
}
