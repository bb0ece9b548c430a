package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.transport.FreshConnection;
import java.nio.ByteBuffer;

/**
 * Answers announces of clients that ask once and go, before a channel is made of their connection:
 * the request has arrived whole, it is the connection's last, and the tracker answers at once.
 * Everything else is left to {@link HttpConnection}, with the bytes received.
 *
 * <p>One an event loop and listener, used on that event loop only. Makes no garbage.
 */
final class OneShot implements Requester {
  private final HttpWorker worker;
  private final HttpService service;
  private final PeerAddress remote = new PeerAddress();
  private final ByteBuffer input = ByteBuffer.allocateDirect(HttpWorker.READ_BYTES);

  /** Kept as long as the event loop, and freed with this object rather than by reference count. */
  private final ByteBuf answer = new UnpooledByteBufAllocator(true, true, false).directBuffer();

  private boolean proxied;
  private int received;

  OneShot(HttpWorker worker, HttpService service) {
    this.worker = worker;
    this.service = service;
  }

  /**
   * Answers the first request of {@code connection}, if it can be done here.
   *
   * @return true if nothing is left to do; false if the connection needs a channel, which then
   *     begins with {@link #leftOver()}
   */
  boolean serve(FreshConnection connection) {
    answer.clear();
    received = connection.receive(input);
    if (received == FreshConnection.CLOSED) {
      worker.count(TrackerCounter.HTTP_CONNECTIONS);
      return true;
    }
    byte[] scratch = worker.scratch();
    input.get(0, scratch, 0, received);
    rememberAddress(connection);
    if (!suits(scratch)) {
      return false;
    }
    worker.count(TrackerCounter.HTTP_CONNECTIONS);
    worker.count(TrackerCounter.HTTP_REQUESTS);
    worker.dispatcher().announce(this, scratch);
    if (!answer.isReadable()) {
      throw new IllegalStateException("a tracker that answers at once has not");
    }
    return !connection.send(answer) || !answer.isReadable();
  }

  /** What the channel begins with that is made of the connection last served. */
  LeftOver leftOver() {
    if (answer.isReadable()) {
      return new LeftOver(Unpooled.wrappedBuffer(ByteBufUtil.getBytes(answer)), true);
    }
    byte[] bytes = new byte[received];
    input.get(0, bytes);
    return new LeftOver(Unpooled.wrappedBuffer(bytes), false);
  }

  private void rememberAddress(FreshConnection connection) {
    if (connection.isIpv4()) {
      remote.ipv4(connection.ipv4());
    } else {
      remote.ipv6(connection.ipv6High(), connection.ipv6Low());
    }
    proxied = service.proxies().contains(remote);
  }

  /** Whether a whole announce has arrived, nothing behind it, and nothing will come after it. */
  private boolean suits(byte[] buffer) {
    RequestHead head = worker.head();
    head.clientAddressHeader(proxied ? service.clientAddressHeader() : null);
    return received > 0
        && received <= worker.options().maxRequestBytes()
        && head.parse(buffer, 0, received) == received
        && head.route() == Route.ANNOUNCE
        && head.method() == HttpVerb.GET
        && !head.hasBody()
        && !worker.keepsAlive(head);
  }

  @Override
  public PeerAddress remote() {
    return remote;
  }

  @Override
  public boolean proxied() {
    return proxied;
  }

  @Override
  public TrustedProxies proxies() {
    return service.proxies();
  }

  @Override
  public void failure(FailureReason reason) {
    worker.answers().failure(answer, answer.alloc(), ConnectionOption.CLOSE, reason, null);
  }

  @Override
  public void await(TrackerExchange exchange) {
    // The answer comes before the call to the tracker returns.
  }

  @Override
  public void answered(TrackerExchange exchange) {
    exchange.write(worker.answers(), answer, answer.alloc(), ConnectionOption.CLOSE);
  }
}
