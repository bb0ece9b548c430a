package io.trakx.netty.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A thread of ordinary clients of one kind, with swarms of their own: peers announce in turn, at a
 * steady rate, and every answer must have exactly the peers that this thread announced.
 */
final class NormalClient extends Thread {
  private static final int SWARMS = 20;
  private static final int PEERS = 5;
  private static final int FIRST_PORT = 7000;
  private static final int FAULTS_KEPT = 20;

  private final Asker asker;
  private final String prefix;
  private final long periodNanos;
  private final List<Set<Integer>> announced = new ArrayList<>();
  private List<Long> nanos = new ArrayList<>();
  private List<String> faults = new ArrayList<>();
  private int retriesBefore;
  private volatile boolean stopped;

  /** How clients of a kind ask. */
  interface Asker extends AutoCloseable {
    /**
     * Announces a peer.
     *
     * @param event as over HTTP; may be empty
     */
    Answer announce(String infoHash, int port, int left, String event) throws IOException;

    /** How often something had to be sent again. */
    int retries();

    @Override
    void close();
  }

  /**
   * What a tracker answered.
   *
   * @param ports of the peers that it told of
   */
  record Answer(int complete, int incomplete, List<Integer> ports) {}

  /**
   * @param prefix of its info-hashes, 16 letters or digits
   */
  NormalClient(Asker asker, String prefix, int perSecond) {
    super("normal-" + prefix);
    this.asker = asker;
    this.prefix = prefix;
    periodNanos = 1_000_000_000L / perSecond;
    for (int swarm = 0; swarm < SWARMS; swarm++) {
      announced.add(new HashSet<>());
    }
  }

  @Override
  public void run() {
    long due = System.nanoTime();
    for (int i = 0; !stopped; i++) {
      long start = System.nanoTime();
      int swarm = i % SWARMS;
      int port = FIRST_PORT + i / SWARMS % PEERS;
      String fault;
      try {
        Answer answer = asker.announce(prefix + "%04d".formatted(swarm), port, port % 2, "");
        announced.get(swarm).add(port);
        fault = check(answer, announced.get(swarm), port);
      } catch (IOException | RuntimeException | AssertionError e) {
        fault = e.toString();
      }
      finished(System.nanoTime() - start, fault);
      // Who was held up does not make up for it: clients have their intervals.
      due = Math.max(due + periodNanos, System.nanoTime() - periodNanos);
      Wait.until(due);
    }
    asker.close();
  }

  /** What is wrong with an answer; empty if nothing is. */
  private static String check(Answer answer, Set<Integer> peers, int asking) {
    long seeders = peers.stream().filter(port -> port % 2 == 0).count();
    Set<Integer> others = new HashSet<>(peers);
    others.remove(asking);
    if (asking % 2 == 0) {
      others.removeIf(port -> port % 2 == 0); // a seeder is told of leechers only
    }
    boolean right =
        answer.complete() == seeders
            && answer.incomplete() == peers.size() - seeders
            && answer.ports().size() == others.size()
            && others.containsAll(answer.ports());
    return right ? "" : "%s for %d of %s".formatted(answer, asking, peers);
  }

  private synchronized void finished(long took, String fault) {
    if (fault.isEmpty()) {
      nanos.add(took);
    } else if (faults.size() < FAULTS_KEPT) {
      faults.add(getName() + ": " + fault);
    }
  }

  /** What came of the requests since the last call. */
  synchronized Latencies lap() {
    int retries = asker.retries();
    Latencies lap = new Latencies(nanos, retries - retriesBefore, faults);
    retriesBefore = retries;
    nanos = new ArrayList<>();
    faults = new ArrayList<>();
    return lap;
  }

  /** Ends it after the request under way. */
  void end() {
    stopped = true;
  }
}
