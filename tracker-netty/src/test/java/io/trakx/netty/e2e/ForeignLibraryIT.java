package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A second opinion on the wire format: the npm package {@code bittorrent-tracker} announces and
 * scrapes, and understands what it is told.
 */
class ForeignLibraryIT {
  private static final int SCRIPT_SECONDS = 60;

  private static Path installed = Path.of("target");

  @TempDir private Path directory;

  @BeforeAll
  static void installTheLibrary() throws Exception {
    installed = NodePackages.install();
  }

  @ParameterizedTest(name = "over {0}")
  @CsvSource({
    "127.0.0.1, 7f000001",
    "[::1],     00000000000000000000000000000001",
  })
  @Timeout(120)
  void understandsWhatItIsTold(String loopback, String loopbackInHex) throws Exception {
    Requirements.address(InetAddress.ofLiteral(loopback));
    try (TrakxProcess tracker =
        TrakxProcess.start(directory, UnaryOperator.identity(), List.of(loopback + ":0"))) {
      String hash = randomHash();
      String unknown = randomHash();
      InetSocketAddress http = tracker.http().getFirst();
      String announce = "http://" + loopback + ":" + http.getPort() + "/announce";
      JsonNode told = run(announce, hash, unknown);

      String seeder = loopback + ":6881";
      String leecher = loopback + ":6882";
      assertAnnounce(told, "seeder starts", 1, 0);
      assertAnnounce(told, "leecher starts", 1, 1, seeder);
      assertAnnounce(told, "seeder updates", 1, 1, leecher);
      // Where the library reads an IPv6 address from a dictionary, it leaves it without brackets.
      String bare = seeder.replace("[", "").replace("]", "");
      assertAnnounce(told, "leecher asks for dictionaries", 1, 1, bare);
      assertAnnounce(told, "leecher completes", 2, 0);
      assertAnnounce(told, "leecher stops", 1, 0);
      assertAnnounce(told, "seeder stops", 0, 0);
      assertThat(told.path("leecher starts").path("externalIp").asText()).isEqualTo(loopbackInHex);

      assertScrape(told, "scrape while downloading", hash, 1, 1, 0);
      assertScrape(told, "scrape when completed", hash, 2, 0, 1);
      assertScrape(told, "scrape of the deserted", hash, 0, 0, 1);
      assertScrape(told, "scrape of the deserted", unknown, 0, 0, 0);
    }
  }

  private static void assertAnnounce(
      JsonNode told, String step, int complete, int incomplete, String... peers) {
    JsonNode answer = told.path(step);
    assertThat(answer.path("complete").asInt(-1)).as("complete in %s", told).isEqualTo(complete);
    assertThat(answer.path("incomplete").asInt(-1))
        .as("incomplete in %s", told)
        .isEqualTo(incomplete);
    assertThat(answer.path("interval").asInt(-1))
        .as("interval of %s", answer)
        .isBetween(300, 10800);
    assertThat(answer.path("minInterval").asInt(-1))
        .as("min interval of %s", answer)
        .isBetween(1, answer.path("interval").asInt());
    assertThat(answer.path("peers")).extracting(JsonNode::asText).containsExactly(peers);
  }

  private static void assertScrape(
      JsonNode told, String step, String hash, int complete, int incomplete, int downloaded) {
    JsonNode file = told.path(step).path("files").path(hash);
    assertThat(file.path("complete").asInt(-1)).as("complete of %s", told).isEqualTo(complete);
    assertThat(file.path("incomplete").asInt(-1))
        .as("incomplete of %s", told)
        .isEqualTo(incomplete);
    assertThat(file.path("downloaded").asInt(-1))
        .as("downloaded of %s", told)
        .isEqualTo(downloaded);
  }

  /** Runs the script and returns what it says, by step. */
  private static JsonNode run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "announce.js"));
    command.addAll(List.of(arguments));
    try (ClientProcess node = ClientProcess.start("announce", installed, Map.of(), command)) {
      assertThat(node.awaitExit(SCRIPT_SECONDS)).as(node.output()).isZero();
      JsonMapper json = new JsonMapper();
      ObjectNode told = json.createObjectNode();
      for (String line : node.output().lines().toList()) {
        JsonNode object = json.readTree(line);
        told.set(object.path("step").asText(), object);
      }
      return told;
    }
  }

  /** Of bytes below 0x80: the library reads the keys of a scrape as UTF-8. */
  private static String randomHash() {
    byte[] hash = new byte[20];
    Random random = new Random();
    for (int i = 0; i < hash.length; i++) {
      hash[i] = (byte) random.nextInt(0x80);
    }
    return HexFormat.of().formatHex(hash);
  }
}
