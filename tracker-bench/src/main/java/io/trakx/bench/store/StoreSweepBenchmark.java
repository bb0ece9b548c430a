package io.trakx.bench.store;

import io.trakx.core.swarm.SwarmStore;
import io.trakx.core.swarm.SweepResult;
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

/** How long does a sweep of the whole store take, where all peers stay and where all go? */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 4)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms3g", "-Xmx3g"})
public class StoreSweepBenchmark {
  private static final int TIMEOUT_MINUTES = 45;

  /** A store in which all peers were seen in minute 0. */
  @State(Scope.Benchmark)
  public static class Filled {
    /** Swarms and their sizes; see {@link Population#of}. */
    @Param({"zipf:1000000x200000", "20x50000"})
    public String population;

    private SwarmStore store;
    private Population peers;

    /** Makes the empty store. */
    @Setup(Level.Trial)
    public void make() {
      peers = Population.of(population, 0);
      store = peers.newStore();
    }

    /** Fills the store, or tells it again of the peers that it kept. */
    @Setup(Level.Iteration)
    public void fill() {
      peers.announceAll(store, 0);
    }
  }

  /** No peer is too old. */
  @Benchmark
  public SweepResult allStay(Filled filled) {
    return filled.store.sweep(1, TIMEOUT_MINUTES, () -> {});
  }

  /** Every peer is too old. */
  @Benchmark
  public SweepResult allGo(Filled filled) {
    return filled.store.sweep(1 + TIMEOUT_MINUTES, TIMEOUT_MINUTES, () -> {});
  }
}
