package io.trakx.bench.store;

import io.trakx.core.protocol.Bytes20;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.swarm.SwarmStore;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does a scrape of random torrents cost in the store, all of its hashes together? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms3g", "-Xmx3g"})
@State(Scope.Benchmark)
public class StoreScrapeBenchmark {
  private static final int KEYS = 1 << 20;

  /** Swarms and their sizes; see {@link Population#of}. */
  @Param("zipf:5000000x1000000")
  public String population;

  /** How many torrents one scrape names. */
  @Param({"1", "74"})
  public int hashes;

  private final int[] swarmKeys = new int[KEYS];
  private SwarmStore store;
  private Scrape scrape;
  private int next;

  /** Fills the store and draws the keys. */
  @Setup(Level.Trial)
  public void fill() {
    Population peers = Population.of(population, 0);
    store = peers.newStore();
    peers.announceAll(store, 0);
    scrape = new Scrape(hashes);
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < KEYS; i++) {
      swarmKeys[i] = random.nextInt(peers.swarms());
    }
  }

  /** Torrents that the store knows, each as often as any other. */
  @Benchmark
  public Scrape known() {
    Bytes20 infoHash = scrape.cursor();
    for (int i = 0; i < hashes; i++) {
      Population.fill(infoHash, swarmKeys[next++ & (KEYS - 1)]);
      store.scrape(infoHash, scrape, i);
    }
    return scrape;
  }
}
