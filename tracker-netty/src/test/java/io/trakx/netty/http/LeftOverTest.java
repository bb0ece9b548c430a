package io.trakx.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.trakx.core.AnnouncePolicy;
import io.trakx.core.InMemoryTracker;
import io.trakx.core.access.AccessControl;
import io.trakx.core.access.AccessLists;
import io.trakx.core.stats.Counters;
import io.trakx.core.swarm.StoreLimits;
import io.trakx.core.swarm.SwarmStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a connection does with what was received or not sent before it had a channel. */
class LeftOverTest {
  /** A channel that looks like a connection from a client. */
  private static final class ClientChannel extends EmbeddedChannel {
    @Override
    protected SocketAddress remoteAddress0() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    }
  }

  private static EmbeddedChannel connection(LeftOver leftOver) {
    Counters counters = new Counters();
    HttpParts parts =
        new HttpParts(
            HttpOptions.defaults(50),
            new InMemoryTracker(
                new SwarmStore(new StoreLimits(10, 10, 10), new Random(1)),
                new AnnouncePolicy(1800, 0, 900, 50, 50, 45),
                new AccessControl(AccessLists.OPEN),
                counters,
                () -> 0,
                new Random(2)),
            counters,
            ChannelInboundHandlerAdapter::new,
            null,
            System::nanoTime,
            new OpenConnections(HttpOptions.defaults(50)));
    EmbeddedChannel channel = new ClientChannel();
    HttpWorker worker = new HttpWorker(channel.eventLoop(), parts, HttpOptions.usualUnsentBytes());
    HttpService service =
        new HttpService(HttpListener.direct(new InetSocketAddress(0)), loop -> worker);
    channel.pipeline().addLast(new HttpConnection(worker, service, leftOver));
    // An embedded channel was active before it had a handler.
    channel.pipeline().fireChannelActive();
    return channel;
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }

  private static LeftOver received(String text) {
    return new LeftOver(bytes(""), bytes(text), false, null);
  }

  private static String sent(EmbeddedChannel channel) {
    StringBuilder text = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      text.append(part.toString(ISO_8859_1));
      part.release();
    }
    return text.toString();
  }

  @Test
  void theRestOfAnAnswerIsSentAndTheConnectionClosed() {
    EmbeddedChannel channel = connection(new LeftOver(bytes("the rest"), bytes(""), true, null));
    assertThat(sent(channel)).isEqualTo("the rest");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void receivedBytesAreTheBeginningOfARequest() {
    String request = "GET " + Announce.of(Announce.hash(1)) + " HTTP/1.1\r\n\r\n";
    EmbeddedChannel channel = connection(received(request.substring(0, 30)));
    assertThat(sent(channel)).isEmpty();
    channel.writeInbound(bytes(request.substring(30)));
    assertThat(sent(channel)).startsWith("HTTP/1.1 200 OK");
    assertThat(channel.isOpen()).isTrue();
    channel.finishAndReleaseAll();
  }
}
