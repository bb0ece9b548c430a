package io.trakx.netty.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.trakx.bench.http.BenchTracker;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.stats.Counters;
import io.trakx.netty.transport.DatagramReply;
import io.trakx.netty.transport.DatagramSender;
import io.trakx.netty.transport.Outbox;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a UDP datagram cost from the bytes that were received to the bytes to be sent:
 * connection id, decoder, tracker with its store, writer, and how much garbage does it make? No
 * socket is involved, and nothing of Netty's that comes with one.
 *
 * <p>It lies in the server's package to reach the worker.
 *
 * <p>{@code scripts/bench jmh UdpFastPathBenchmark -prof gc}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class UdpFastPathBenchmark {
  private static final int PEERS = 4096;
  private static final int SWARMS = 64;
  private static final int CLIENT_PORT = 40_000;

  /** Who asks. */
  @Param({"192.0.2.1", "2001:db8::1"})
  public String client = "";

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ConnectionIds ids =
      new ConnectionIds(Duration.ofMinutes(5), new Random(1), () -> 0);
  private final UdpWorker worker =
      new UdpWorker(
          channel.eventLoop(),
          new UdpParts(
              UdpOptions.defaults(BenchTracker.MAX_PEERS),
              BenchTracker.create(new Counters()),
              new Counters(),
              ids,
              System::nanoTime,
              PooledByteBufAllocator.DEFAULT));
  private final ByteBuf announce = PooledByteBufAllocator.DEFAULT.directBuffer();
  private final ByteBuf connect = PooledByteBufAllocator.DEFAULT.directBuffer();
  private final Sent sent = new Sent();

  private final DatagramSender sender = new DatagramSender();

  private int turn;

  /** Notes how long an answer is, and gives it back. */
  private static final class Sent implements Outbox {
    private int bytes;

    @Override
    public void send(DatagramReply reply) {
      bytes = reply.content().readableBytes();
      reply.release();
    }
  }

  @Setup
  public void fill() {
    sender.set(new InetSocketAddress(InetAddress.ofLiteral(client), CLIENT_PORT));
    PeerAddress address = new PeerAddress();
    Senders.copyAddress(sender, address);
    announce.writeLong(ids.issue(address)).writeInt(Action.ANNOUNCE).writeInt(1);
    announce.writeZero(AnnounceMessage.REQUEST_BYTES - announce.readableBytes());
    announce.setInt(announce.readableBytes() - Short.BYTES - Integer.BYTES, -1);
    connect.writeLong(ConnectMessage.MAGIC).writeInt(Action.CONNECT).writeInt(1);
    for (int peer = 0; peer < PEERS; peer++) {
      announce();
    }
  }

  /** An announce of a known peer in one of 64 swarms of 64 peers, answered with 50 of them. */
  @Benchmark
  public int announce() {
    int peer = turn++ & (PEERS - 1);
    announce.setByte(RequestHeader.BYTES, peer & (SWARMS - 1));
    announce.setShort(announce.readableBytes() - Short.BYTES, 1 + peer / SWARMS);
    worker.receive(announce, sender, sent);
    return sent.bytes;
  }

  /** A question for a connection id. */
  @Benchmark
  public int connect() {
    worker.receive(connect, sender, sent);
    return sent.bytes;
  }

  @TearDown
  public void close() {
    worker.close();
    announce.release();
    connect.release();
    channel.close().syncUninterruptibly();
  }
}
