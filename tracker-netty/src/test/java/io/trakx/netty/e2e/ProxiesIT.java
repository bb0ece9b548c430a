package io.trakx.netty.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.e2e.ProxyFixture.Entrance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real proxies in front of the tracker, configured as the distribution's examples say. */
@Tag("slow")
class ProxiesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<Entrance> HASHING = List.of(Entrance.NGINX_HTTP, Entrance.HAPROXY_HTTP);

  /** What a client may leave unescaped in a query, by whom it asks: RFC 3986, and the least. */
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private static final String LIBERAL = UNRESERVED + "!$'()*+,;=:@/?";

  @TempDir Path directory;

  @BeforeAll
  static void requirements() throws IOException {
    Requirements.programs(ProxyFixture.PROGRAMS);
    Requirements.address(InetAddress.ofLiteral("::1"));
    for (String module : List.of("stream", "http-set-misc")) {
      Path enabled = Path.of("/etc/nginx/modules-enabled/50-mod-" + module + ".conf");
      Requirements.require(
          enabled.toFile().exists(), "nginx's module is missing: libnginx-mod-" + module);
    }
  }

  private static String announce(String escapedHash, int port) {
    return "/announce?peer_id=-TS0000-abcdefghijkl&compact=1&left=1&numwant=50&port=%d&info_hash=%s"
        .formatted(port, escapedHash);
  }

  private static String escaped(byte[] hash, String format, IntPredicate plain) {
    StringBuilder text = new StringBuilder();
    for (byte each : hash) {
      int value = each & 0xff;
      text.append(plain.test(value) ? String.valueOf((char) value) : format.formatted(value));
    }
    return text.toString();
  }

  /** The ways in which clients write the same info-hash. */
  private static List<String> spellings(byte[] hash) {
    return List.of(
        escaped(hash, "%%%02x", value -> false),
        escaped(hash, "%%%02X", value -> false),
        escaped(hash, "%%%02x", value -> UNRESERVED.indexOf(value) >= 0),
        escaped(hash, "%%%02X", value -> LIBERAL.indexOf(value) >= 0));
  }

  private static byte[] hash(Random random) {
    byte[] hash = new byte[20];
    random.nextBytes(hash);
    return hash;
  }

  /** An info-hash that begins with {@code start}. */
  private static byte[] hash(String start, Random random) {
    byte[] hash = hash(random);
    byte[] first = start.getBytes(ISO_8859_1);
    System.arraycopy(first, 0, hash, 0, first.length);
    return hash;
  }

  private static String bytes(String address) {
    return new String(InetAddress.ofLiteral(address).getAddress(), ISO_8859_1);
  }

  private static String compact(String address, int port) {
    return bytes(address) + (char) (port >> 8) + (char) (port & 0xff);
  }

  /** How many leechers a tracker has in a swarm, asked without a proxy. */
  private static long leechers(TrakxProcess tracker, byte[] hash) {
    String target = "/scrape?info_hash=" + escaped(hash, "%%%02x", value -> false);
    try {
      Object files =
          ProxiedClient.get(tracker.http().get(2), "127.0.0.1", null, target)
              .dictionary()
              .get("files");
      return files instanceof Map<?, ?> byHash
              && byHash.get(new String(hash, ISO_8859_1)) instanceof Map<?, ?> figures
              && figures.get("incomplete") instanceof Long count
          ? count
          : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double metric(TrakxProcess tracker, String name) throws IOException {
    return ProxiedClient.get(tracker.metrics(), "127.0.0.1", null, "/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void clientsAreWhoTheyAreWhateverTheySayOfThemselves() throws Exception {
    String[] lies = {
      "X-Forwarded-For: 6.6.6.6",
      "X-Forwarded-For: 127.0.0.1",
      "X-Real-IP: 6.6.6.6",
      "Forwarded: for=6.6.6.6",
      "X-Info-Hash: 00"
    };
    try (ProxyFixture proxies = ProxyFixture.start(directory)) {
      Random random = new Random(1);
      for (Entrance entrance : Entrance.values()) {
        String hash = escaped(hash(random), "%%%02x", value -> false);
        assertThat(
                proxies
                    .get(entrance, "127.0.0.5", announce(hash, 1005), lies)
                    .string("external ip"))
            .as("%s", entrance)
            .isEqualTo(bytes("127.0.0.5"));
        ProxiedClient.Answer second =
            proxies.get(entrance, "127.0.0.6", announce(hash, 1006), lies);
        assertThat(second.string("external ip")).isEqualTo(bytes("127.0.0.6"));
        assertThat(second.string("peers")).isEqualTo(compact("127.0.0.5", 1005));
        ProxiedClient.Answer third = proxies.get(entrance, "::1", announce(hash, 1007), lies);
        assertThat(third.string("external ip")).as("%s", entrance).isEqualTo(bytes("::1"));
        assertThat(third.string("peers"))
            .contains(compact("127.0.0.5", 1005))
            .contains(compact("127.0.0.6", 1006));
      }
      // Nor have the proxies, which look whether it lives, left anything to complain about.
      for (TrakxProcess tracker : proxies.trackers()) {
        assertThat(metric(tracker, "trakx_http_proxy_header_bad_total")).isZero();
        assertThat(metric(tracker, "trakx_http_proxy_untrusted_total")).isZero();
      }
    }
  }

  @Test
  void whoPlaysProxyIsRefusedAndCounted() throws Exception {
    String hash = escaped(hash(new Random(2)), "%%%02x", value -> false);
    String request = "GET " + announce(hash, 1005) + " HTTP/1.1\r\nConnection: close\r\n\r\n";
    String introduction = "PROXY TCP4 6.6.6.6 6.6.6.7 1 2\r\n";
    try (TrakxProcess tracker =
        TrakxProcess.start(
            directory,
            UnaryOperator.identity(),
            List.of("127.0.0.1:0"),
            "http.listen=127.0.0.1:0 proxy=127.0.0.1 proxy_protocol=true")) {
      InetSocketAddress server = tracker.http().getFirst();
      assertThat(outcome(server, "127.0.0.9", introduction + request)).isEmpty();
      assertThat(outcome(server, "127.0.0.1", request)).contains("failure reason");
      assertThat(outcome(server, "127.0.0.1", introduction + request))
          .contains("11:external ip4:" + bytes("6.6.6.6"));
      assertThat(metric(tracker, "trakx_http_proxy_untrusted_total")).isEqualTo(1);
      assertThat(metric(tracker, "trakx_http_proxy_header_bad_total")).isEqualTo(1);
      assertThat(metric(tracker, "trakx_peers_added_total")).isEqualTo(1);
    }
  }

  /** What comes back, which is nothing where the connection is reset. */
  private static String outcome(InetSocketAddress server, String from, String bytes)
      throws IOException {
    try {
      return ProxiedClient.exchange(server, from, null, bytes);
    } catch (SocketException e) {
      return "";
    }
  }

  @Test
  void aTorrentMeetsAtOneTrackerHoweverItIsWritten() throws Exception {
    try (ProxyFixture proxies = ProxyFixture.start(directory)) {
      TrakxProcess one = proxies.trackers().get(0);
      TrakxProcess two = proxies.trackers().get(1);
      Random random = new Random(3);
      for (Entrance entrance : HASHING) {
        List<byte[]> hashes = new ArrayList<>();
        hashes.add(hash("+a;b?c/d=e&f%g\0\r\n+", random));
        hashes.add(hash("a+b+c+d;?=&%", random));
        for (int i = 0; i < 30; i++) {
          hashes.add(hash(random));
        }
        List<byte[]> atTwo = new ArrayList<>();
        for (byte[] hash : hashes) {
          int port = 1000;
          for (String spelling : spellings(hash)) {
            proxies.get(entrance, "127.0.0.5", announce(spelling, port++)).dictionary();
          }
          long there = leechers(two, hash);
          assertThat(List.of(leechers(one, hash), there))
              .as("%s %s", entrance, spellings(hash))
              .containsExactlyInAnyOrder(0L, 4L);
          if (there == 4) {
            atTwo.add(hash);
          }
        }
        assertThat(atTwo).as("%s", entrance).hasSizeBetween(5, hashes.size() - 5);
      }
      moveWhenATrackerIsAway(proxies, random);
    }
  }

  /** Only what the tracker that is away had goes to the other one. */
  private static void moveWhenATrackerIsAway(ProxyFixture proxies, Random random)
      throws IOException {
    TrakxProcess one = proxies.trackers().get(0);
    TrakxProcess two = proxies.trackers().get(1);
    Map<Entrance, byte[]> staying = new EnumMap<>(Entrance.class);
    Map<Entrance, byte[]> moving = new EnumMap<>(Entrance.class);
    for (Entrance entrance : HASHING) {
      staying.put(entrance, hashAt(one, proxies, entrance, random));
      moving.put(entrance, hashAt(two, proxies, entrance, random));
    }
    two.kill();
    for (Map.Entry<Entrance, byte[]> each : staying.entrySet()) {
      String target = announce(spellings(each.getValue()).getFirst(), 3000);
      assertThat(proxies.get(each.getKey(), "127.0.0.5", target).string("peers"))
          .isEqualTo(compact("127.0.0.5", 2000));
    }
    for (Map.Entry<Entrance, byte[]> each : moving.entrySet()) {
      String target = announce(spellings(each.getValue()).getFirst(), 3000);
      Await.until(
          "answer of the other tracker to " + each.getKey(),
          LIMIT,
          () -> tryGet(proxies, each.getKey(), target),
          answer -> answer.contains("11:external ip4:" + bytes("127.0.0.5")));
      assertThat(leechers(one, each.getValue())).isEqualTo(1);
    }
  }

  private static String tryGet(ProxyFixture proxies, Entrance entrance, String target) {
    try {
      return proxies.get(entrance, "127.0.0.5", target).text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Announces torrents until one lives at {@code tracker}. */
  private static byte[] hashAt(
      TrakxProcess tracker, ProxyFixture proxies, Entrance entrance, Random random)
      throws IOException {
    byte[] hash;
    do {
      hash = hash(random);
      String target = announce(spellings(hash).getFirst(), 2000);
      assertThat(proxies.get(entrance, "127.0.0.5", target).dictionary()).containsKey("peers");
    } while (leechers(tracker, hash) == 0);
    return hash;
  }
}
