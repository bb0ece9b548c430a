package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.trakx.bench.codec.Requests;
import io.trakx.bench.http.BenchTracker;
import io.trakx.bench.http.NettyThreads;
import io.trakx.core.stats.Counters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one HTTP announce cost from the bytes that were read to the buffer that is written:
 * decoder, tracker with its store, writer, deadlines, and how much garbage does it make? No socket
 * is involved: the connection's handler is driven directly.
 *
 * <p>It lies in the server's package to reach that handler.
 *
 * <p>{@code scripts/bench jmh HttpFastPathBenchmark -prof gc}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {NettyThreads.EXECUTOR, NettyThreads.EXECUTOR_CLASS})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class HttpFastPathBenchmark {
  private static final int PIPELINED = 8;

  private final byte[][] requests = Requests.transmission();
  private final ClientChannel channel = new ClientChannel();
  private int turn;

  public HttpFastPathBenchmark() {
    HttpParts parts =
        new HttpParts(
            HttpOptions.defaults(BenchTracker.MAX_PEERS),
            BenchTracker.create(new Counters()),
            new Counters(),
            ChannelInboundHandlerAdapter::new,
            null,
            System::nanoTime,
            new OpenConnections(HttpOptions.defaults(BenchTracker.MAX_PEERS)));
    HttpWorker worker = new HttpWorker(channel.eventLoop(), parts, HttpOptions.usualUnsentBytes());
    HttpService service =
        new HttpService(
            HttpListener.direct(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            loop -> worker);
    service.opener(channel.eventLoop()).open(channel);
    channel.pipeline().fireChannelActive();
  }

  /** An embedded channel that seems to come from a client. */
  private static final class ClientChannel extends EmbeddedChannel {
    @Override
    protected SocketAddress remoteAddress0() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    }
  }

  /** One announce in one read, one answer in one write. */
  @Benchmark
  public int announce() {
    return answer(1);
  }

  /** Eight announces in one read, eight answers in one write; the figures are for all eight. */
  @Benchmark
  public int pipelined() {
    return answer(PIPELINED);
  }

  private int answer(int count) {
    int readBytes = 0;
    for (int i = 0; i < count; i++) {
      readBytes += requests[(turn + i) & (requests.length - 1)].length;
    }
    ByteBuf in = PooledByteBufAllocator.DEFAULT.directBuffer(readBytes);
    for (int i = 0; i < count; i++) {
      in.writeBytes(requests[turn++ & (requests.length - 1)]);
    }
    channel.pipeline().fireChannelRead(in);
    channel.pipeline().fireChannelReadComplete();
    ByteBuf out = channel.readOutbound();
    int length = out.readableBytes();
    out.release();
    return length;
  }

  @TearDown
  public void close() {
    channel.close().syncUninterruptibly();
  }
}
