package io.trakx.bench.limit;

import io.trakx.core.limit.AddressLimiter;
import io.trakx.core.limit.AddressLimits;
import io.trakx.core.protocol.PeerAddress;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to ask whether an address may announce? The time is given, as it is to a batch
 * of datagrams, and goes on by ten microseconds a call, which makes 100,000 announces a second.
 *
 * <p>{@code scripts/bench jmh AddressLimiterBenchmark -prof gc}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Thread)
public class AddressLimiterBenchmark {
  private static final long NANOS_A_CALL = 10_000;

  /** How many addresses come in turn; the last ones are more than there are cells. */
  @Param({"1", "1000", "1000000"})
  public int addresses = 1;

  private final AddressLimiter limiter =
      new AddressLimiter(new AddressLimits(60_000, 20_000, 256), 45, new Random(1), 0);
  private final PeerAddress client = new PeerAddress();
  private int turn;
  private long nanos;

  /** One address that floods, some that do almost, or very many that are harmless. */
  @Benchmark
  public boolean mayAsk() {
    turn = turn + 1 == addresses ? 0 : turn + 1;
    nanos += NANOS_A_CALL;
    client.ipv4(turn * 0x9e37_79b1);
    return limiter.mayAsk(client, nanos);
  }
}
