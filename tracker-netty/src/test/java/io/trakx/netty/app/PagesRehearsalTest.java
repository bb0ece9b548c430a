package io.trakx.netty.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.trakx.core.Tracker;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponder;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.protocol.ScrapeResponder;
import io.trakx.netty.http.HttpOptions;
import io.trakx.netty.transport.EventLoops;
import io.trakx.netty.transport.TransportType;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class PagesRehearsalTest {
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Set<SocketAddress> ports = ConcurrentHashMap.newKeySet();

  /** Remembers what it is asked for. */
  private final class Pages extends SimpleChannelInboundHandler<HttpObject> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
      if (message instanceof HttpRequest request) {
        asked.add(request.uri());
        ports.add(ctx.channel().localAddress());
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        var _ = ctx.writeAndFlush(answer);
      }
    }
  }

  private static final class Nobody implements Tracker {
    @Override
    public void announce(
        AnnounceRequest request, AnnounceResponse response, AnnounceResponder responder) {
      throw new AssertionError("nobody announces");
    }

    @Override
    public void scrape(Scrape scrape, ScrapeResponder responder) {
      throw new AssertionError("nobody scrapes");
    }
  }

  private PagesRehearsal rehearsal(EventLoops loops) {
    return new PagesRehearsal(
        HttpOptions.defaults(10), loops, new Nobody(), Pages::new, System::nanoTime);
  }

  @Test
  void pagesAreAskedForOnAPortThatIsOpenMeanwhileOnly() {
    try (EventLoops loops = new EventLoops(TransportType.AUTO, 2, "test")) {
      rehearsal(loops).run();
    }

    assertThat(asked).contains("/stats.json", "/stats").hasSizeGreaterThan(100);
    assertThat(ports).hasSize(1);
    InetSocketAddress port = (InetSocketAddress) ports.iterator().next();
    assertThat(port.getAddress().isLoopbackAddress()).isTrue();
    assertThatThrownBy(() -> new Socket(port.getAddress(), port.getPort()).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void aTrackerThatHasStoppedIsNotRehearsed() {
    EventLoops loops = new EventLoops(TransportType.AUTO, 1, "test");
    loops.close();

    rehearsal(loops).run();

    assertThat(asked).isEmpty();
  }
}
