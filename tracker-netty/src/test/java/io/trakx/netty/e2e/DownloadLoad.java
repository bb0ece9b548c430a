package io.trakx.netty.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.netty.e2e.TrackerClient.Counts;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Downloads that begin and complete as fast as a tracker answers, by one thread, and what must have
 * become of them: for each torrent, a count that the tracker is known to have and one that it
 * cannot be above, since a tracker that is killed may have counted what it did not answer.
 */
final class DownloadLoad {
  private static final int TORRENTS = 50;
  private static final int FIRST_PORT = 1024;

  private final long[] answered = new long[TORRENTS];
  private final long[] sent = new long[TORRENTS];
  private final long[] began = new long[TORRENTS];
  private final long[] joined = new long[TORRENTS];
  private int next;
  private volatile boolean stopped;
  private volatile @Nullable Thread thread;

  /** The info-hashes of all torrents. */
  static List<String> infoHashes() {
    return IntStream.range(0, TORRENTS).mapToObj(DownloadLoad::infoHash).toList();
  }

  private static String infoHash(int torrent) {
    return "trakx-load-swarm-%03d".formatted(torrent);
  }

  /** Begins, and goes on until {@link #stop} or the tracker's death. */
  void start(TrakxProcess tracker) {
    stopped = false;
    Thread started =
        Thread.ofPlatform()
            .name("load")
            .start(
                () -> {
                  try (TrackerClient client = new TrackerClient(tracker)) {
                    while (!stopped) {
                      download(client);
                    }
                  } catch (IOException e) {
                    // The tracker was killed: what was on its way may have been counted.
                  }
                });
    thread = started;
  }

  /** One peer joins a swarm as a leecher and becomes a seeder. */
  void download(TrackerClient client) throws IOException {
    int torrent = next % TORRENTS;
    int port = FIRST_PORT + next / TORRENTS % (0xffff - FIRST_PORT);
    next++;
    synchronized (this) {
      began[torrent]++;
    }
    assertThat(client.announce(infoHash(torrent), port, 1, "started")).containsKey("peers");
    synchronized (this) {
      joined[torrent]++;
      sent[torrent]++;
    }
    assertThat(client.announce(infoHash(torrent), port, 0, "completed")).containsKey("peers");
    synchronized (this) {
      answered[torrent]++;
    }
  }

  /** Ends it, and waits for what is under way. */
  void stop() throws InterruptedException {
    stopped = true;
    Thread running = thread;
    if (running != null) {
      running.join();
    }
  }

  /** Completed downloads that were answered up to now, of each torrent. */
  synchronized long[] answered() {
    return answered.clone();
  }

  /** Completed downloads that were answered up to now, of all torrents. */
  long allAnswered() {
    return Arrays.stream(answered()).sum();
  }

  /** Peers that joined and were answered up to now, of each torrent. */
  synchronized long[] joined() {
    return joined.clone();
  }

  /**
   * Checks what a restarted tracker says, and takes it for the truth from here on.
   *
   * @param completed what it must have of each torrent, at least
   * @param peers the same
   */
  synchronized void check(TrackerClient client, long[] completed, long[] peers) {
    Map<String, Counts> counts = client.scrape(infoHashes());
    for (int i = 0; i < TORRENTS; i++) {
      Counts found = counts.getOrDefault(infoHash(i), Counts.NONE);
      assertThat(found.downloaded()).as("completed of %d", i).isBetween(completed[i], sent[i]);
      assertThat(found.complete() + found.incomplete())
          .as("peers of %d", i)
          .isBetween(peers[i], began[i]);
      answered[i] = found.downloaded();
      sent[i] = found.downloaded();
      began[i] = found.complete() + found.incomplete();
      joined[i] = began[i];
    }
  }
}
