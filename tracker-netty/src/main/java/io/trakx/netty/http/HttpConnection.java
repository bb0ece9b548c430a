package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.trakx.core.protocol.FailureReason;
import io.trakx.netty.http.Deadline.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * One connection of the public port, first in its pipeline once a proxy's header is off: all bytes
 * from the client pass here, and nobody else decides where a request ends.
 *
 * <p>Announces and scrapes are answered here, on the raw bytes. The head of any other request goes
 * to Netty's codec and the page handler behind it, which are installed for the first such request;
 * the next request is looked at when the page has been written. So answers keep the order of
 * requests. Decoding also rests while the tracker owes an answer and while the client takes none.
 *
 * <pre>
 *   OPEN ----> CLOSING ----> LINGERING ----> CLOSED
 *        last answer    flushed,       client closed,
 *        written        refused        or patience over
 * </pre>
 *
 * <p>Used on its event loop only. A request that arrives whole makes no garbage here.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it and is told to it
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LogManager.getLogger(HttpConnection.class);

  /** What a refused client may go on sending until it is cut off. */
  private static final int MAX_LINGERING_BYTES = 256 << 10;

  private enum State {
    OPEN,
    CLOSING,
    LINGERING,
    CLOSED
  }

  private final HttpWorker worker;
  private final RemoteEnd remote;
  private final ConnectionDeadline deadline;
  private final RequestReader reader;
  private LeftOver leftOver;

  @SuppressWarnings("NullAway.Init") // set when the handler is added, before anything else
  private ChannelHandlerContext ctx;

  @SuppressWarnings("NullAway.Init") // likewise
  private ConnectionOutput output;

  @SuppressWarnings("NullAway.Init") // likewise
  private CurrentRequest request;

  private State state = State.OPEN;
  private final boolean encrypted;
  private boolean requestSeen;
  private boolean inputEnded;

  private boolean lingers;

  private int lingeringBytes;
  private boolean finishing;

  /**
   * @param leftOver what of the connection's bytes is here already
   */
  HttpConnection(HttpWorker worker, HttpService service, LeftOver leftOver) {
    this.worker = worker;
    this.remote = new RemoteEnd(service.proxies());
    this.encrypted = service.tls() != null;
    this.deadline = new ConnectionDeadline(this, worker);
    this.reader = new RequestReader(this, worker, service.clientAddressHeader());
    this.leftOver = leftOver;
  }

  // What the channel says

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    output = new ConnectionOutput(context, worker, deadline);
    request = new CurrentRequest(this, worker, context, output);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    worker.opened(deadline);
    if (context.channel().remoteAddress() instanceof InetSocketAddress address) {
      remote.connected(address.getAddress());
      takeUp(leftOver);
    } else {
      close(); // gone already
    }
    leftOver = LeftOver.NONE;
  }

  /** Goes on from where {@link BareRequests} left this connection. */
  private void takeUp(LeftOver found) {
    if (found.equals(LeftOver.NONE)) {
      return;
    }
    if (found.begun()) {
      requestBegun();
    }
    if (found.idle() != null) {
      request.begun(found.idle().begun());
    }
    if (found.answers().isReadable()) {
      output.send(found.answers());
      output.flush();
    }
    if (found.last()) {
      answered(ConnectionOption.CLOSE);
      lingers = found.requests().isReadable();
    } else if (found.requests().isReadable()) {
      reader.read(found.requests());
    }
    settle();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      switch (state) {
        case OPEN -> reader.read(in);
        case CLOSING -> lingers = true;
        case LINGERING -> {
          lingeringBytes += in.readableBytes();
          if (lingeringBytes > MAX_LINGERING_BYTES) {
            close();
          }
        }
        case CLOSED -> {}
      }
    } finally {
      in.release();
    }
    if (encrypted) {
      // Nothing can be encrypted any more once the end of the session, maybe here already, is read.
      settle();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    settle();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (request.hasPages()) {
      context.fireChannelWritabilityChanged();
    }
    if (context.channel().isWritable()) {
      resume();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent
        || (event instanceof SslCloseCompletionEvent && state != State.LINGERING)) {
      inputEnded = true;
      settle();
    } else if (event instanceof ProxyHeader header) {
      remote.introduced(header);
      if (header.isBroken()) {
        request.refuse(FailureReason.INVALID_CLIENT_ADDRESS);
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    state = State.CLOSED;
    reader.clear();
    output.release();
    request.abandon();
    worker.closed(deadline);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException || cause.getCause() instanceof SSLException)) {
      LOG.error("closing a connection after an error that is not its client's", cause);
    }
    close();
  }

  // What the reader and the dispatcher want

  boolean open() {
    return state == State.OPEN;
  }

  /** Whether the next request must wait. */
  boolean blocked() {
    return state != State.OPEN || request.unanswered() || !ctx.channel().isWritable();
  }

  RemoteEnd remote() {
    return remote;
  }

  CurrentRequest request() {
    return request;
  }

  ConnectionOutput output() {
    return output;
  }

  /** A whole request is here. */
  void requestBegun() {
    requestSeen = true;
    deadline.renew();
  }

  /** An answer is written that said {@code option}. */
  void answered(ConnectionOption option) {
    if (option == ConnectionOption.CLOSE && state == State.OPEN) {
      state = State.CLOSING;
    }
  }

  /** The client may still be sending, and would lose the last answer to a plain close. */
  void linger() {
    lingers = true;
  }

  /** Goes on after a rest, unless the request rested for is still being handled. */
  void resume() {
    if (!reader.decoding() && state != State.CLOSED) {
      reader.readPending();
      settle();
    }
  }

  // How it ends

  /** Brings all in line with what has happened: flush, close, deadline, interest in reads. */
  void settle() {
    output.flush();
    if (inputEnded && (state == State.LINGERING || !blocked())) {
      // Every whole request has been answered, and no other will come.
      state = State.CLOSING;
    }
    if (state == State.CLOSING && !request.unanswered()) {
      finish();
    }
    if (state == State.CLOSED) {
      return;
    }
    waits();
    boolean reads = state == State.LINGERING || !blocked();
    if (ctx.channel().config().isAutoRead() != reads) {
      ctx.channel().config().setAutoRead(reads);
    }
  }

  /** A page, or a part of one, is on its way to the client. */
  void pageFlushed() {
    if (state != State.CLOSED) {
      waits();
    }
  }

  private void waits() {
    output.account();
    deadline.waitFor(awaited());
  }

  private Kind awaited() {
    if (state == State.LINGERING) {
      return Kind.LINGER;
    } else if (request.unanswered()) {
      return output.flushed() ? Kind.ANSWER : Kind.WRITE;
    } else if (state == State.CLOSING || !ctx.channel().isWritable()) {
      return Kind.WRITE;
    }
    return requestSeen && reader.isEmpty() ? Kind.IDLE : Kind.REQUEST;
  }

  /** Closes as soon as everything is flushed; lingers for a client that would miss the refusal. */
  private void finish() {
    if (!output.flushed()) {
      if (!finishing) {
        finishing = true;
        output.whenFlushed(done -> settle());
      }
    } else if (lingers && !inputEnded) {
      state = State.LINGERING;
      ConnectionEnd.shutdownOutput(ctx);
    } else {
      close();
    }
  }

  void requestTimedOut() {
    if (reader.isEmpty()) {
      close();
    } else {
      reader.clear();
      request.refuse(HttpError.REQUEST_TIMEOUT);
      settle();
    }
  }

  /** Closes unless a request has begun or may be on its way for the first time. */
  void closeIfIdle() {
    if (state == State.OPEN && requestSeen && !request.unanswered() && reader.isEmpty()) {
      state = State.CLOSING;
      settle();
    }
  }

  /** Whether a full scrape is to come, of which there is nothing that the client could take yet. */
  boolean awaitsFullScrape() {
    return request.asksForAll() && output.flushed();
  }

  /** Whether a close now would lose a request or an answer. */
  boolean underWay() {
    return request.unanswered() || !reader.isEmpty() || !output.flushed();
  }

  void close() {
    state = State.CLOSED;
    ConnectionEnd.close(ctx, output.flushed());
  }

  /** Closes, and drops whatever waits for the client, here and in the system. */
  void cutOff() {
    state = State.CLOSED;
    ConnectionEnd.reset(ctx);
    output.release();
  }
}
