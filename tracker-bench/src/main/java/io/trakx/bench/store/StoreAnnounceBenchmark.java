package io.trakx.bench.store;

import io.trakx.core.protocol.AnnounceEvent;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.swarm.AnnounceOutcome;
import io.trakx.core.swarm.SwarmStore;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does an announce cost in the store: of a peer it knows, of a new one, of one that leaves?
 *
 * <pre>
 * scripts/bench jmh StoreAnnounceBenchmark     5 million peers in 10^6 swarms, by Zipf's law
 *   -p population=1x1000000,1x100000           10^6 and 10^5 swarms of 1 peer each
 *   -p population=5x1000000,50x100000          10^6 swarms of 5, 10^5 of 50
 *   -p population=10000x500                    swarms of 10,000
 *   -p population=10000x1                      one hot swarm, whose lock all threads want
 *   -p keys=zipf                               hot swarms among others
 *   -t 1, -t 2, -t 3, -t 4                     threads, with any of these
 * </pre>
 *
 * <p>A heap of 3 GiB has room for ten million peers or so.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms3g", "-Xmx3g", "-XX:+AlwaysPreTouch"})
public class StoreAnnounceBenchmark {
  private static final int NUMWANT = 50;

  /** A store with its population, and the keys that all threads walk through. */
  @State(Scope.Benchmark)
  public static class Filled {
    private static final int KEY_BITS = 22;
    private static final int KEYS = 1 << KEY_BITS;

    /** Swarms and their sizes; see {@link Population#of}. */
    @Param("zipf:5000000x1000000")
    public String population;

    /**
     * Which peer announces: {@code peer}, each as often as any other; {@code swarm}, a swarm like
     * any other, and one of its peers; {@code zipf}, a swarm by Zipf's law, and one of its peers.
     */
    @Param("peer")
    public String keys;

    /** How many of a hundred peers speak IPv6. */
    @Param("0")
    public int ipv6Percent;

    private final AtomicInteger threads = new AtomicInteger();
    private final int[] swarmKeys = new int[KEYS];
    private final int[] peerKeys = new int[KEYS];
    private SwarmStore store;
    private Population peers;

    /** Fills the store and draws the keys. */
    @Setup(Level.Trial)
    public void fill() {
      peers = Population.of(population, ipv6Percent);
      store = peers.newStore();
      peers.announceAll(store, 0);
      SplittableRandom random = new SplittableRandom(2);
      Zipf zipf = new Zipf(peers.swarms());
      for (int i = 0; i < KEYS; i++) {
        int swarm =
            switch (keys) {
              case "peer" -> peers.swarmOf(random.nextInt(peers.peers()));
              case "swarm" -> random.nextInt(peers.swarms());
              case "zipf" -> zipf.next(random);
              default -> throw new IllegalArgumentException("keys: " + keys);
            };
        swarmKeys[i] = swarm;
        peerKeys[i] = peers.firstPeer(swarm) + random.nextInt(peers.size(swarm));
      }
    }
  }

  /** One event loop: its request, its response, its place among the keys. */
  @State(Scope.Thread)
  public static class Loop {
    /** How many newcomers of a loop stay in the store at a time. */
    private static final int NEWCOMERS = 1024;

    /** How many numbers a loop gives to newcomers before it begins anew. */
    private static final int NUMBERS = 1 << 24;

    /** Announces a clock reading, so that the clock itself does not count: about a millisecond. */
    private static final int BATCH = 4096;

    private final AnnounceRequest request = new AnnounceRequest();
    private final AnnounceResponse response = new AnnounceResponse(NUMWANT);
    private int next;
    private int newcomer;

    /** Gives each loop keys and newcomers of its own. */
    @Setup(Level.Trial)
    public void start(Filled filled) {
      int thread = filled.threads.getAndIncrement();
      next = thread * (Filled.KEYS / 16);
      newcomer = filled.peers.peers() + thread * NUMBERS;
      request.reset();
    }

    /** The newcomers of the next keys announce. */
    private AnnounceOutcome announceBatch(Filled filled, AnnounceEvent event) {
      request.event(event);
      AnnounceOutcome last = announce(filled, next, newcomer + (next & (NUMBERS - 1)));
      for (int key = next + 1; key < next + BATCH; key++) {
        last = announce(filled, key, newcomer + (key & (NUMBERS - 1)));
      }
      return last;
    }

    private AnnounceOutcome announce(Filled filled, int key, int peer) {
      filled.peers.fill(request, filled.swarmKeys[key & (Filled.KEYS - 1)], peer);
      response.reset();
      int minute = key >> Filled.KEY_BITS;
      return filled.store.announce(request, NUMWANT, minute, response);
    }
  }

  /** Sees off the batch that has joined, while the clock stands still. */
  @State(Scope.Thread)
  public static class Joining {
    /** Leaves the store as it was, with new keys next. */
    @TearDown(Level.Invocation)
    public void leave(Filled filled, Loop loop) {
      loop.announceBatch(filled, AnnounceEvent.STOPPED);
      loop.next += Loop.BATCH;
    }
  }

  /** Has a batch join that is to leave, while the clock stands still. */
  @State(Scope.Thread)
  public static class Leaving {
    /** Goes on to new keys. */
    @Setup(Level.Invocation)
    public void join(Filled filled, Loop loop) {
      loop.next += Loop.BATCH;
      loop.announceBatch(filled, AnnounceEvent.STARTED);
    }
  }

  /** What the benchmark itself costs: making the request. */
  @Benchmark
  public AnnounceRequest nothing(Filled filled, Loop loop) {
    int key = loop.next++ & (Filled.KEYS - 1);
    filled.peers.fill(loop.request, filled.swarmKeys[key], filled.peerKeys[key]);
    loop.response.reset();
    return loop.request;
  }

  /** A peer that the store knows, in the role it had. */
  @Benchmark
  public AnnounceOutcome known(Filled filled, Loop loop) {
    int key = loop.next++;
    return loop.announce(filled, key, filled.peerKeys[key & (Filled.KEYS - 1)]);
  }

  /** A peer that joins a known swarm. */
  @Benchmark
  @OperationsPerInvocation(Loop.BATCH)
  public AnnounceOutcome newPeer(Filled filled, Loop loop, Joining joining) {
    return loop.announceBatch(filled, AnnounceEvent.STARTED);
  }

  /** A peer that leaves its swarm, which others stay in. */
  @Benchmark
  @OperationsPerInvocation(Loop.BATCH)
  public AnnounceOutcome stoppingPeer(Filled filled, Loop loop, Leaving leaving) {
    return loop.announceBatch(filled, AnnounceEvent.STOPPED);
  }

  /** Two announces: a peer joins a known swarm, and one that joined 1,024 calls before leaves. */
  @Benchmark
  public AnnounceOutcome joinAndLeave(Filled filled, Loop loop) {
    int key = loop.next++;
    int newcomer = loop.newcomer + (key & (Loop.NUMBERS - 1));
    loop.request.event(AnnounceEvent.STARTED);
    loop.announce(filled, key, newcomer);
    int leaving = key - Loop.NEWCOMERS;
    loop.request.event(AnnounceEvent.STOPPED);
    return loop.announce(filled, leaving, loop.newcomer + (leaving & (Loop.NUMBERS - 1)));
  }
}
