package io.trakx.netty.app;

import io.trakx.bench.store.Population;
import io.trakx.core.DutyCycle;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.swarm.AnnounceOutcome;
import io.trakx.core.swarm.ChangeLog;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.snapshot.SnapshotFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much later does a store answer an announce while snapshots of it are written one after the
 * other, with the rests that leave the processor to others?
 *
 * <p>It lies in the server's package to reach the rests.
 *
 * <p>{@code scripts/bench jmh app.SnapshotLoadBenchmark -wi 2 -w 2 -i 2 -r 6}
 *
 * <p>Of five million peers, in microseconds, on two cores whose load was near 18 meanwhile. The
 * tail shows waits for a processor, too, and does not tell them from those for a lock:
 *
 * <pre>
 *                    p50    p99   p99.9   p99.99
 * without            1.7    3.8     379   12,059
 * with snapshots     1.4    3.4     160   24,052
 * </pre>
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Threads(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 10)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms3g", "-Xmx3g"})
public class SnapshotLoadBenchmark {
  private static final int WANTED = 50;

  /** A store, and who writes it. */
  @State(Scope.Benchmark)
  public static class Filled {
    /** Whether snapshots are written. */
    @Param({"false", "true"})
    public boolean snapshots;

    private final Population peers = Population.of("20x250000", 0);
    private final SwarmStore store = peers.newStore();
    private final Thread writer = new Thread(this::writeUntilTheEnd, "snapshots");
    private volatile boolean ended;

    /** Fills the store and begins to write. */
    @Setup(Level.Trial)
    public void begin() {
      peers.announceAll(store, 0);
      if (snapshots) {
        writer.start();
      }
    }

    /** Ends the writing. */
    @TearDown(Level.Trial)
    public void end() throws InterruptedException {
      ended = true;
      writer.join();
    }

    private void writeUntilTheEnd() {
      ChangeLog changes = new ChangeLog(store, 1);
      try {
        Path directory = Files.createTempDirectory("snapshot");
        Path path = directory.resolve("swarms");
        SnapshotFile file = new SnapshotFile(path, InstantSource.system());
        while (!ended) {
          Runnable rest =
              new DutyCycle(SnapshotBenchmark.SHARE, System::nanoTime, LockSupport::parkNanos);
          file.write(store, changes, new UUID(1, 2), 0, rest);
        }
        Files.delete(path);
        Files.delete(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Who announces. */
  @State(Scope.Thread)
  public static class Announcing {
    private final SplittableRandom random = new SplittableRandom(1);
    private final AnnounceRequest request = new AnnounceRequest();
    private final AnnounceResponse response = new AnnounceResponse(WANTED);
  }

  /** Some peer comes again. */
  @Benchmark
  public AnnounceOutcome announce(Filled filled, Announcing announcing) {
    int peer = announcing.random.nextInt(filled.peers.peers());
    filled.peers.fill(announcing.request, filled.peers.swarmOf(peer), peer);
    announcing.response.reset();
    return filled.store.announce(announcing.request, WANTED, 0, announcing.response);
  }
}
