package io.trakx.bench.http;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.trakx.bench.codec.Requests;
import io.trakx.core.stats.Counters;
import io.trakx.netty.http.HttpListener;
import io.trakx.netty.http.HttpOptions;
import io.trakx.netty.http.HttpServer;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.TcpOptions;
import io.trakx.netty.transport.TransportType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * How much garbage does the event loop make for one announce over a real connection, Netty
 * included, on each transport?
 *
 * <p>One client waits for each answer before it asks again, so the times are round trips and say
 * little about throughput.
 *
 * <p>{@code scripts/bench jmh HttpLoopbackBenchmark -prof io.trakx.bench.http.EventLoopProfiler}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Thread)
public class HttpLoopbackBenchmark {
  /** The transport, by the name of its configuration. */
  @Param({"epoll", "nio", "io_uring"})
  public String transport = "";

  private final byte[][] requests = Requests.transmission();
  private final ByteBuffer out = ByteBuffer.allocateDirect(2048);
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);

  @SuppressWarnings("NullAway.Init") // set by JMH's setup, as the next two are
  private EventLoops loops;

  @SuppressWarnings("NullAway.Init")
  private InetSocketAddress address;

  @SuppressWarnings("NullAway.Init")
  private SocketChannel kept;

  private int turn;

  @Setup
  public void start() throws IOException {
    loops =
        new EventLoops(
            TransportType.valueOf(transport.toUpperCase(Locale.ROOT)),
            1,
            EventLoopProfiler.THREAD_NAME);
    Counters counters = new Counters();
    HttpServer server =
        new HttpServer(
            loops,
            TcpOptions.defaults(),
            HttpOptions.defaults(BenchTracker.MAX_PEERS),
            BenchTracker.create(counters),
            counters,
            ChannelInboundHandlerAdapter::new,
            null,
            System::nanoTime);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    address =
        server.start(List.of(HttpListener.direct(new InetSocketAddress(loopback, 0)))).getFirst();
    kept = SocketChannel.open(address);
  }

  /** An announce on a connection that stays open. */
  @Benchmark
  public int keptAlive() throws IOException {
    return announce(kept);
  }

  /** An announce on a connection of its own. */
  @Benchmark
  public int connectionEach() throws IOException {
    try (SocketChannel connection = SocketChannel.open(address)) {
      return announce(connection);
    }
  }

  private int announce(SocketChannel connection) throws IOException {
    out.clear().put(requests[turn++ & (requests.length - 1)]).flip();
    connection.write(out);
    in.clear();
    return connection.read(in);
  }

  @TearDown
  public void stop() throws IOException {
    kept.close();
    loops.close();
  }
}
