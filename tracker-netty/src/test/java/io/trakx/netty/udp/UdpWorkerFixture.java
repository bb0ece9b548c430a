package io.trakx.netty.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.trakx.core.AnnouncePolicy;
import io.trakx.core.InMemoryTracker;
import io.trakx.core.Tracker;
import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.stats.Counters;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import io.trakx.netty.transport.DatagramBatch;
import io.trakx.netty.transport.DatagramSender;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A worker with the real tracker and without any socket: bytes in, bytes out. */
final class UdpWorkerFixture implements AutoCloseable {
  final Counters counters = new Counters();
  final ConnectionIds ids = new ConnectionIds(Duration.ofMinutes(5), new Random(1), () -> 0);
  final UdpWorker worker;
  private final EmbeddedChannel channel = new EmbeddedChannel();

  UdpWorkerFixture(boolean answerWrongIds) {
    this(answerWrongIds, UnaryOperator.identity());
  }

  /**
   * @param decorator puts something between the worker and the real tracker
   */
  UdpWorkerFixture(boolean answerWrongIds, UnaryOperator<Tracker> decorator) {
    UdpOptions options =
        new UdpOptions(1500, Duration.ofMinutes(5), answerWrongIds, false, 200, 74);
    worker =
        new UdpWorker(
            channel.eventLoop(),
            new UdpParts(
                options,
                decorator.apply(
                    new InMemoryTracker(
                        new SwarmStore(new StoreLimits(10_000, 10_000, 10_000), new Random(2)),
                        new AnnouncePolicy(1800, 60, 900, 50, 200, 45),
                        new AccessControl(AccessLists.OPEN),
                        counters,
                        () -> 0,
                        new Random(3))),
                counters,
                ids,
                () -> 0,
                // Buffers that are not watched: watching makes garbage.
                new UnpooledByteBufAllocator(true, true)));
  }

  /** An id that {@code client} may use. */
  long idFor(InetSocketAddress client) {
    PeerAddress address = new PeerAddress();
    Senders.copyAddress(sender(client), address);
    return ids.issue(address);
  }

  static DatagramSender sender(InetSocketAddress client) {
    DatagramSender sender = new DatagramSender();
    sender.set(client);
    return sender;
  }

  /** What comes back for {@code request}. */
  List<byte[]> ask(InetSocketAddress sender, byte[] request) {
    List<byte[]> answers = new ArrayList<>();
    ByteBuf in = Unpooled.wrappedBuffer(request);
    try {
      worker.receive(
          in,
          sender(sender),
          reply -> {
            answers.add(ByteBufUtil.getBytes(reply.content()));
            reply.release();
          });
    } finally {
      in.release();
    }
    return answers;
  }

  /** What comes back for datagrams that are received together. */
  List<byte[]> askTogether(InetSocketAddress sender, List<byte[]> requests) {
    List<byte[]> answers = new ArrayList<>();
    worker.received(
        new Batch(requests, sender(sender)),
        reply -> {
          answers.add(ByteBufUtil.getBytes(reply.content()));
          reply.release();
        });
    return answers;
  }

  private record Batch(List<byte[]> datagrams, DatagramSender sender) implements DatagramBatch {
    @Override
    public int size() {
      return datagrams.size();
    }

    @Override
    public ByteBuf content(int index) {
      return Unpooled.wrappedBuffer(datagrams.get(index));
    }

    @Override
    public DatagramSender sender(int index) {
      return sender;
    }
  }

  long count(TrackerCounter counter) {
    return counters.get(counter);
  }

  @Override
  public void close() {
    worker.close();
    channel.close().syncUninterruptibly();
  }
}
