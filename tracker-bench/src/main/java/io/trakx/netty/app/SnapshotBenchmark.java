package io.trakx.netty.app;

import io.trakx.bench.store.Population;
import io.trakx.core.DutyCycle;
import io.trakx.core.swarm.ChangeLog;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.snapshot.RestoredSnapshot;
import io.trakx.netty.snapshot.SnapshotFile;
import io.trakx.netty.snapshot.WrittenSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a snapshot of ten million peers take to write, at full speed and with the rests
 * that leave the processor to others, how long to read, and how many bytes has it a peer?
 *
 * <p>It lies in the server's package to reach the rests.
 *
 * <p>{@code scripts/bench jmh app.SnapshotBenchmark}
 *
 * <p>On two cores whose load was between 10 and 15 meanwhile, so with a spread of up to a half:
 *
 * <pre>
 *                            IPv4           IPv6
 * write              s        1.8            2.7
 * write with rests   s        4.6            4.6
 * read               s        6.8     7.1 to 12.8     of processor time 5.9 for IPv6
 * bytes a peer               30.7           42.7
 * </pre>
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
public class SnapshotBenchmark {
  /** What a snapshot may take of one processor beside the tracker's work. */
  static final double SHARE = 0.25;

  private static final int TIMEOUT_MINUTES = 45;
  private static final UUID WRITER = new UUID(1, 2);

  /** A store, a file and a snapshot of it in there. */
  @State(Scope.Benchmark)
  public static class Filled {
    /** Swarms and their sizes; see {@link Population#of}. */
    @Param("20x500000")
    public String population;

    /** How many in a hundred peers speak IPv6. */
    @Param({"0", "100"})
    public int ipv6Percent;

    private Population peers;
    private SwarmStore store;
    private ChangeLog changes;
    private Path directory;
    private SnapshotFile file;

    /** Fills the store and writes it once. */
    @Setup(Level.Trial)
    public void fill() throws IOException {
      peers = Population.of(population, ipv6Percent);
      store = peers.newStore();
      peers.announceAll(store, 0);
      changes = new ChangeLog(store, 1);
      directory = Files.createTempDirectory("snapshot");
      file = new SnapshotFile(directory.resolve("swarms"), InstantSource.system());
      WrittenSnapshot written = write(() -> {});
      System.out.printf("%.1f bytes a peer%n", (double) written.bytes() / written.peers());
    }

    /** Removes the file. */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
      Files.delete(directory.resolve("swarms"));
      Files.delete(directory);
    }

    private WrittenSnapshot write(Runnable rest) throws IOException {
      return file.write(store, changes, WRITER, 0, rest);
    }
  }

  /** At full speed, as when the tracker ends. */
  @Benchmark
  public WrittenSnapshot write(Filled filled) throws IOException {
    return filled.write(() -> {});
  }

  /** With rests, as while it serves. */
  @Benchmark
  public WrittenSnapshot writeWithRests(Filled filled) throws IOException {
    return filled.write(new DutyCycle(SHARE, System::nanoTime, LockSupport::parkNanos));
  }

  /** Into an empty store, as when it starts. */
  @Benchmark
  public RestoredSnapshot read(Filled filled) {
    RestoredSnapshot restored = filled.file.restore(filled.peers.newStore(), 0, TIMEOUT_MINUTES);
    if (!(restored instanceof RestoredSnapshot.Complete complete)
        || complete.swarms().peers() != filled.peers.peers()) {
      throw new IllegalStateException("not all was read: " + restored);
    }
    return restored;
  }
}
