package io.trakx.netty.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trakx.netty.testing.Bencode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a tracker over HTTP as a client of one address and many ports. */
final class TrackerClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final TrakxProcess tracker;

  TrackerClient(TrakxProcess tracker) {
    this.tracker = tracker;
  }

  /** What a scrape tells of a torrent. */
  record Counts(long complete, long incomplete, long downloaded) {
    static final Counts NONE = new Counts(0, 0, 0);
  }

  /**
   * Announces.
   *
   * @param infoHash 20 letters or digits
   * @param event {@code started}, {@code completed}, {@code stopped}
   * @return the answer
   * @throws IOException if there is none
   */
  Map<String, Object> announce(String infoHash, int port, long left, String event)
      throws IOException {
    String query =
        "/announce?info_hash=%s&peer_id=-TS0000-%012d&port=%d&left=%d&event=%s&compact=1&numwant=200"
            .formatted(infoHash, port, port, left, event);
    return Bencode.readDictionary(get(tracker.http().getFirst(), query).body());
  }

  /** Scrapes one torrent. */
  Counts scrape(String infoHash) {
    return scrape(List.of(infoHash)).getOrDefault(infoHash, Counts.NONE);
  }

  /** Scrapes torrents; those that the tracker does not know have zeros. */
  Map<String, Counts> scrape(Collection<String> infoHashes) {
    Map<String, Counts> counts = new LinkedHashMap<>();
    infoHashes.forEach(infoHash -> counts.put(infoHash, Counts.NONE));
    String query =
        infoHashes.stream().collect(Collectors.joining("&info_hash=", "/scrape?info_hash=", ""));
    try {
      Map<String, Object> answer =
          Bencode.readDictionary(get(tracker.http().getFirst(), query).body());
      if (answer.get("files") instanceof Map<?, ?> files) {
        files.forEach(
            (infoHash, file) -> {
              if (file instanceof Map<?, ?> figures) {
                counts.put((String) infoHash, counts(figures));
              }
            });
      }
      return counts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Counts counts(Map<?, ?> figures) {
    return new Counts(
        figure(figures, "complete"), figure(figures, "incomplete"), figure(figures, "downloaded"));
  }

  private static long figure(Map<?, ?> figures, String name) {
    return figures.get(name) instanceof Long value ? value : 0;
  }

  /** A figure of {@code /debug/vars}. */
  long figure(String name) {
    return json("/debug/vars").path(name).asLong(Long.MIN_VALUE);
  }

  /** What {@code /readyz} tells of a part. */
  JsonNode part(String name) {
    return json("/readyz").at("/parts/" + name);
  }

  /** The status code of {@code /readyz}. */
  int readiness() {
    try {
      return get(tracker.metrics(), "/readyz").statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode json(String path) {
    try {
      return new JsonMapper().readTree(new String(get(tracker.metrics(), path).body(), ISO_8859_1));
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + path, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<byte[]> get(InetSocketAddress server, String path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(server.getPort(), path));
    try {
      return http.send(
          HttpRequest.newBuilder(uri).timeout(LIMIT).build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
