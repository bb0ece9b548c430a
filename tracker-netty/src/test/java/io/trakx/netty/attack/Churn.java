package io.trakx.netty.attack;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A thread of peers that join, complete their download and leave, as fast as they are answered, and
 * what the tracker must have counted of them.
 */
final class Churn extends Thread {
  private static final int SWARMS = 200;
  private static final int FIRST_PORT = 10_000;
  private static final int PORTS = 50_000;

  /** Seeders that each swarm has before the first of them leaves. */
  private static final int STAY = 10;

  private static final int FAULTS_KEPT = 20;

  private final NormalClient.Asker asker;
  private final String prefix;
  private final long[] completed = new long[SWARMS];
  private final List<Deque<Integer>> seeding = new ArrayList<>();
  private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
  private long announces;
  private volatile boolean stopped;

  /**
   * @param prefix of its info-hashes, 17 letters or digits
   */
  Churn(NormalClient.Asker asker, String prefix) {
    super(prefix);
    this.asker = asker;
    this.prefix = prefix;
    for (int i = 0; i < SWARMS; i++) {
      seeding.add(new ArrayDeque<>());
    }
  }

  @Override
  public void run() {
    for (int i = 0; !stopped && faults.size() < FAULTS_KEPT; i++) {
      int swarm = i % SWARMS;
      int port = FIRST_PORT + i / SWARMS % PORTS;
      try {
        download(swarm, port);
      } catch (IOException | RuntimeException | AssertionError e) {
        faults.add(prefix + ": " + e);
      }
    }
    asker.close();
  }

  private void download(int swarm, int port) throws IOException {
    Deque<Integer> seeders = seeding.get(swarm);
    announce(swarm, port, 1, "started");
    announce(swarm, port, 0, "completed");
    completed[swarm]++;
    seeders.addLast(port);
    if (seeders.size() > STAY) {
      announce(swarm, seeders.removeFirst(), 0, "stopped");
    }
  }

  private void announce(int swarm, int port, int left, String event) throws IOException {
    NormalClient.Answer answer = asker.announce(infoHash(swarm), port, left, event);
    announces++;
    int gone = event.equals("stopped") ? 1 : 0;
    if (gone == 0 && answer.complete() + answer.incomplete() < seeding.get(swarm).size()) {
      faults.add("%s: %s with %d seeders".formatted(prefix, answer, seeding.get(swarm).size()));
    }
  }

  private String infoHash(int swarm) {
    return prefix + "%03d".formatted(swarm);
  }

  /** Ends it after the download under way, and waits for that. */
  void end() throws InterruptedException {
    stopped = true;
    join();
  }

  /** Announces that were answered; once ended. */
  long announces() {
    return announces;
  }

  /** Completed downloads of all swarms; once ended. */
  long completed() {
    return Arrays.stream(completed).sum();
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Completed downloads by info-hash; once ended. */
  Map<String, Long> expected() {
    Map<String, Long> expected = new TreeMap<>();
    for (int swarm = 0; swarm < SWARMS; swarm++) {
      expected.put(infoHash(swarm), completed[swarm]);
    }
    return expected;
  }

  /** The same as the tracker tells it. */
  Map<String, Long> toldBy(HttpAsker scraper) throws IOException {
    Map<String, Long> told = new TreeMap<>();
    for (int swarm = 0; swarm < SWARMS; swarm++) {
      told.put(infoHash(swarm), scraper.downloaded(infoHash(swarm)));
    }
    return told;
  }
}
