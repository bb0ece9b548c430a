package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.http.Deadline.Kind;
import io.trakx.netty.transport.BareConnection;
import io.trakx.netty.transport.FreshConnection;
import io.trakx.netty.transport.KeptConnection;
import org.jspecify.annotations.Nullable;

/**
 * Answers announces and scrapes on connections without a channel, as long as requests arrive whole,
 * the tracker answers at once, and the system takes the answers. For everything else the connection
 * gets a channel, and {@link HttpConnection} goes on from the {@link LeftOver}.
 *
 * <p>One an event loop and listener, used on that event loop only. A request makes no garbage.
 */
final class BareRequests implements Requester {
  private final HttpWorker worker;
  private final HttpService service;

  /** Kept as long as the event loop, and freed with this object rather than by reference count. */
  private final ByteBuf input;

  /** Likewise. */
  private final ByteBuf answer;

  private final PeerAddress freshRemote = new PeerAddress();
  private PeerAddress remote = freshRemote;
  private boolean proxied;
  private ConnectionOption option = ConnectionOption.CLOSE;
  private LeftOver leftOver = LeftOver.NONE;

  BareRequests(HttpWorker worker, HttpService service) {
    this.worker = worker;
    this.service = service;
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true, false);
    this.input = allocator.directBuffer(worker.scratch().length);
    this.answer = allocator.directBuffer();
  }

  /**
   * Answers the first requests of {@code connection}, and keeps it if its client wants that.
   *
   * @return true if nothing is left to do for now; false if the connection needs a channel
   */
  boolean serve(FreshConnection connection) {
    int received = receive(connection);
    if (received == BareConnection.CLOSED) {
      worker.count(TrackerCounter.HTTP_CONNECTIONS);
      return true;
    }
    connectedTo(connection);
    int length = wholeRequest(0, received);
    if (length == 0) {
      return leave(0, received, null);
    }
    if (worker.keepsAlive(worker.head())) {
      return keep(connection, received);
    }
    return length < received ? leave(0, received, null) : answerLast(connection);
  }

  /** Answers the only request of a connection, which is then closed and was never counted open. */
  private boolean answerLast(FreshConnection connection) {
    worker.count(TrackerCounter.HTTP_CONNECTIONS);
    answer(ConnectionOption.CLOSE);
    return !send(connection) || !answer.isReadable() || leave(0, 0, null);
  }

  private boolean keep(FreshConnection connection, int received) {
    // A proxy's connections are many clients'.
    long network = proxied ? OpenConnections.UNLIMITED : remote.network();
    if (!worker.admit(network)) {
      return true;
    }
    worker.count(TrackerCounter.HTTP_CONNECTIONS);
    IdleConnection idle = new IdleConnection(this, worker, connection, network);
    worker.opened(idle);
    return answerAll(idle, received);
  }

  /** Answers what has arrived on a connection that was kept; else as {@link #serve}. */
  boolean arrived(IdleConnection idle, boolean ended) {
    remote = idle.remote();
    proxied = idle.proxied();
    int received = receive(idle.connection());
    if (received == BareConnection.CLOSED) {
      idle.connection().close();
      return true;
    }
    if (received > 0 && !answerAll(idle, received)) {
      return false;
    }
    // What may be left in the socket is for the channel, which takes turns with others.
    boolean more = received == input.capacity() || ended;
    return !more || !idle.connection().isOpen() || leave(0, 0, idle);
  }

  /** Answers all requests among the bytes received, unless something is in the way. */
  private boolean answerAll(IdleConnection idle, int received) {
    KeptConnection connection = idle.connection();
    boolean good = true;
    int at = 0;
    do {
      int length = wholeRequest(at, received);
      if (length == 0) {
        break;
      }
      at += length;
      RequestHead head = worker.head();
      answer(idle.begin(ConnectionOption.of(worker.keepsAlive(head), head.http10())));
      if (answer.readableBytes() >= ConnectionOutput.MAX_COLLECTED_BYTES) {
        good = send(connection);
      }
    } while (good
        && at < received
        && option != ConnectionOption.CLOSE
        && answer.readableBytes() < ConnectionOutput.MAX_COLLECTED_BYTES);
    if (!good || (answer.isReadable() && !send(connection))) {
      connection.close();
      return true;
    }
    if (answer.isReadable() || at < received) {
      return leave(at, received, idle);
    }
    if (option == ConnectionOption.CLOSE) {
      connection.close();
    } else {
      worker.awaits(idle, Kind.IDLE);
    }
    return true;
  }

  private int receive(BareConnection connection) {
    answer.clear();
    option = ConnectionOption.PERSISTENT;
    int received = connection.receive(input);
    if (received > 0) {
      input.getBytes(0, worker.scratch(), 0, received);
    }
    return received;
  }

  private boolean send(BareConnection connection) {
    boolean good = connection.send(answer);
    if (!answer.isReadable()) {
      answer.clear();
    }
    return good;
  }

  private void connectedTo(FreshConnection connection) {
    if (connection.isIpv4()) {
      freshRemote.ipv4(connection.ipv4());
    } else {
      freshRemote.ipv6(connection.ipv6High(), connection.ipv6Low());
    }
    remote = freshRemote;
    proxied = service.proxies().contains(remote);
  }

  /**
   * The length of the request at {@code from}, if it is whole and one to be answered here; or 0.
   */
  private int wholeRequest(int from, int to) {
    RequestHead head = worker.head();
    head.clientAddressHeader(proxied ? service.clientAddressHeader() : null);
    int length = head.parse(worker.scratch(), from, to);
    boolean suits =
        length > 0
            && length <= worker.options().maxRequestBytes()
            && head.method() == HttpVerb.GET
            && !head.hasBody()
            && (head.route() == Route.ANNOUNCE
                // One of all torrents is answered later.
                || (head.route() == Route.SCRAPE && worker.fullScrape() == null));
    return suits ? length : 0;
  }

  /** Answers the request whose head has just been parsed. */
  private void answer(ConnectionOption connectionOption) {
    option = connectionOption;
    int before = answer.readableBytes();
    worker.count(TrackerCounter.HTTP_REQUESTS);
    if (worker.head().route() == Route.ANNOUNCE) {
      worker.dispatcher().announce(this, worker.scratch());
    } else {
      worker.dispatcher().scrape(this, worker.scratch());
    }
    if (answer.readableBytes() == before) {
      throw new IllegalStateException("a tracker that answers at once has not");
    }
  }

  /** Leaves what is not sent, and what was received from {@code from} on, to a channel. */
  private boolean leave(int from, int received, @Nullable IdleConnection idle) {
    byte[] requests = new byte[Math.max(0, received - from)];
    System.arraycopy(worker.scratch(), from, requests, 0, requests.length);
    leftOver =
        new LeftOver(
            Unpooled.wrappedBuffer(ByteBufUtil.getBytes(answer)),
            Unpooled.wrappedBuffer(requests),
            option == ConnectionOption.CLOSE,
            idle);
    return false;
  }

  /** What the channel begins with that is made of the connection last served; asked for once. */
  LeftOver takeLeftOver() {
    LeftOver taken = leftOver;
    leftOver = LeftOver.NONE;
    return taken;
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
    worker.answers().failure(answer, answer.alloc(), option, reason, null);
  }

  @Override
  public void await(TrackerExchange exchange) {
    // The answer comes before the call to the tracker returns.
  }

  @Override
  public void answered(TrackerExchange exchange) {
    exchange.write(worker.answers(), answer, answer.alloc(), option);
  }
}
