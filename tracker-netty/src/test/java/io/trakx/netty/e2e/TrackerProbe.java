package io.trakx.netty.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trakx.netty.testing.Bencode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a tracker in a {@link Network} says about itself: its scrape of one torrent and its
 * variables, both asked with curl on the tracker's own host.
 */
final class TrackerProbe {
  /** Longer than aria2 waits after an announce that failed, two minutes. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Variables that stay at zero if every request is answered as asked. */
  private static final List<String> REFUSALS =
      List.of(
          "trakx.announces.refused",
          "trakx.scrapes.refused",
          "trakx.http.connections_refused",
          "trakx.http.malformed",
          "trakx.http.shed",
          "trakx.udp.malformed",
          "trakx.udp.overloaded",
          "trakx.udp.wrong_id");

  private final String clients;
  private final Network.Host host;
  private final TrakxProcess tracker;
  private final TorrentFile torrent;

  /**
   * @param clients who is there, for messages
   */
  TrackerProbe(String clients, Network.Host host, TrakxProcess tracker, TorrentFile torrent) {
    this.clients = clients;
    this.host = host;
    this.tracker = tracker;
    this.torrent = torrent;
  }

  /** Waits until a scrape gives the torrent these counts. */
  void awaitScrape(long complete, long incomplete, long downloaded) {
    Map<String, Long> expected =
        Map.of("complete", complete, "incomplete", incomplete, "downloaded", downloaded);
    Await.until(
        "scrape with %s of %s".formatted(expected, clients), LIMIT, this::scrape, expected::equals);
  }

  /** Waits until {@code /debug/vars} has these values, among others. */
  void awaitVariables(Map<String, Long> expected) {
    Await.until(
        "variables %s of %s".formatted(expected, clients),
        LIMIT,
        this::variables,
        values -> values.entrySet().containsAll(expected.entrySet()));
  }

  /** How many requests were refused or dropped, by the variable that counts them; without zeros. */
  Map<String, Long> refusals() {
    Map<String, Long> refusals = variables();
    assertThat(refusals).containsKeys(REFUSALS.toArray(String[]::new));
    refusals.keySet().retainAll(REFUSALS);
    refusals.values().removeIf(count -> count == 0);
    return refusals;
  }

  /** A value of {@code /debug/vars} now. */
  long variable(String name) {
    return variables().getOrDefault(name, Long.MIN_VALUE);
  }

  private Map<String, Long> scrape() {
    String authority = host.authority(tracker.http().getFirst().getPort());
    String answer =
        Curl.get(
            host, "http://%s/scrape?info_hash=%s".formatted(authority, torrent.infoHashInUrl()));
    Map<String, Object> files = Bencode.readDictionary(answer.getBytes(ISO_8859_1));
    Map<String, Long> counts = new TreeMap<>();
    if (files.get("files") instanceof Map<?, ?> byHash
        && byHash.get(torrent.infoHash()) instanceof Map<?, ?> file) {
      file.forEach((key, count) -> counts.put((String) key, (Long) count));
    }
    return counts;
  }

  /** The whole numbers among the variables. */
  private Map<String, Long> variables() {
    String url = "http://127.0.0.1:%d/debug/vars".formatted(tracker.metrics().getPort());
    JsonNode all;
    try {
      all = new JsonMapper().readTree(Curl.get(host, url));
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + url, e);
    }
    Map<String, Long> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> variable : all.properties()) {
      if (variable.getValue().isIntegralNumber()) {
        values.put(variable.getKey(), variable.getValue().longValue());
      }
    }
    return values;
  }
}
