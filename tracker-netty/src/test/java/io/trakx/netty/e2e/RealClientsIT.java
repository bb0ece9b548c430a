package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.testing.TestAuthority;
import io.trakx.netty.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two clients exchange a file, with only this tracker to find each other. */
@Execution(ExecutionMode.CONCURRENT) // Most of the time goes by while clients choke each other.
class RealClientsIT {
  private static final int PORT = 1337;
  private static final int HTTPS_PORT = 443;
  private static final int FILE_BYTES = 5_000_000; // No multiple of the torrent's pieces.

  @TempDir private Path directory;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @RegisterExtension
  private final AfterTestExecutionCallback showLogsOfFailures =
      context -> {
        if (context.getExecutionException().isPresent()) {
          opened.reversed().forEach(System.err::println);
        }
      };

  @AfterEach
  void closeLatestFirst() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @ParameterizedTest(name = "{0} gives, {1} takes, over {2} and {3}")
  @CsvSource({
    "ARIA2, TRANSMISSION, http, IPV4",
    "TRANSMISSION, ARIA2, http, IPV4",
    "ARIA2, TRANSMISSION, http, IPV6",
    "TRANSMISSION, ARIA2, http, IPV6",
    "ARIA2, TRANSMISSION, udp, IPV4",
    "TRANSMISSION, ARIA2, udp, IPV4",
    "LIBTORRENT, TRANSMISSION, http, IPV4",
    "ARIA2, TRANSMISSION, https, IPV4",
    "LIBTORRENT, ARIA2, https, IPV6",
    "ARIA2, LIBTORRENT, udp, IPV4",
    "LIBTORRENT, ARIA2, udp, IPV4",
    // Neither aria2 nor Transmission 3 asks trackers over UDP and IPv6.
    "LIBTORRENT, LIBTORRENT, udp, IPV6",
  })
  @Timeout(480)
  void clientsFindEachOtherThroughTheTrackerAlone(
      RealClient giver, RealClient taker, String scheme, Network.Family family, TestInfo test)
      throws Exception {
    Requirements.programs(List.of("curl", "setpriv"));
    giver.require();
    taker.require();
    Requirements.network(family);
    Network network = open(Network.create(family));
    Network.Host trackerHost = network.addHost("tracker");
    String authority = trackerHost.authority(PORT);
    boolean encrypted = scheme.equals("https");
    String[] settings = encrypted ? https(trackerHost) : new String[0];
    TrakxProcess tracker =
        open(
            TrakxProcess.start(
                directoryOf("tracker"), trackerHost::command, List.of(authority), settings));

    Path content = directoryOf("giver").resolve("content.bin");
    Files.write(content, randomBytes());
    URI announce =
        URI.create(
            scheme
                + "://"
                + (encrypted ? trackerHost.authority(HTTPS_PORT) : authority)
                + "/announce");
    TorrentFile torrent = TorrentFile.describe(content, announce);
    TrackerProbe probe = new TrackerProbe(test.getDisplayName(), trackerHost, tracker, torrent);

    Network.Host giverHost = network.addHost("giver");
    ClientProcess giving = open(giver.start(giverHost, torrent, directoryOf("giver")));
    probe.awaitScrape(1, 0, 0);

    Network.Host takerHost = network.addHost("taker");
    ClientProcess taking = open(taker.start(takerHost, torrent, directoryOf("taker")));
    probe.awaitScrape(2, 0, 1);
    Path received = directoryOf("taker").resolve("content.bin");
    assertThat(sha256(received)).isEqualTo(sha256(content));
    probe.awaitVariables(
        Map.of(
            "tracker.seeds", 2L,
            "tracker.leeches", 0L,
            "hash.unique", 1L,
            "peer.unique", 2L,
            "ip.unique", 2L));

    assertThat(probe.variable("trakx.tls.handshakes") >= 2).isEqualTo(encrypted);
    assertThat(probe.variable("trakx.tls.handshakes_failed")).isZero();
    taker.awaitScrape(taking);

    taker.leave(takerHost, taking);
    probe.awaitScrape(1, 0, 1);
    giver.leave(giverHost, giving);
    probe.awaitScrape(0, 0, 1);
    probe.awaitVariables(Map.of("tracker.seeds", 0L, "peer.unique", 0L));

    assertThat(probe.refusals()).isEmpty();
    assertThat(tracker.terminate()).isZero();
  }

  /** Settings for HTTPS with a certificate for this address, which both clients get to know. */
  private String[] https(Network.Host host) throws IOException {
    TestAuthority authority = new TestAuthority();
    for (String role : List.of("giver", "taker")) {
      authority.writeRoot(directoryOf(role));
    }
    TlsFiles files =
        TestAuthority.write(
            directoryOf("tracker"),
            authority.issue(1, builder -> builder.addSanIpAddress(host.address())));
    return new String[] {
      "https.listen=" + host.authority(HTTPS_PORT),
      "https.certificate=" + files.certificate(),
      "https.private_key=" + files.privateKey()
    };
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  private Path directoryOf(String role) throws IOException {
    return Files.createDirectories(directory.resolve(role));
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[FILE_BYTES];
    new Random().nextBytes(bytes);
    return bytes;
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}
