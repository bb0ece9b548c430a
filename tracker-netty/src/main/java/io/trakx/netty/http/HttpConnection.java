package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.http.Deadline.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the public port, first in its pipeline as long as it lives: all bytes from the
 * client pass here, and nobody else decides where a request ends.
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
final class HttpConnection extends ChannelInboundHandlerAdapter implements Deadline.Owner {
  private static final Logger LOG = LogManager.getLogger(HttpConnection.class);

  /**
   * Answers to pipelined requests are flushed at this size, to see whether the client takes any.
   */
  private static final int MAX_UNFLUSHED_BYTES = 64 << 10;

  /** What a refused client may go on sending until it is cut off. */
  private static final int MAX_LINGERING_BYTES = 256 << 10;

  private enum State {
    OPEN,
    CLOSING,
    LINGERING,
    CLOSED
  }

  private final HttpWorker worker;
  private final HttpService service;
  private final PeerAddress remote = new PeerAddress();
  private final Deadline deadline = new Deadline(this);
  private final Cumulation pending = new Cumulation();

  @SuppressWarnings("NullAway.Init") // set when the handler is added, before anything else
  private ChannelHandlerContext ctx;

  private State state = State.OPEN;
  private boolean proxied;
  private boolean inputEnded;
  private boolean decoding;

  private boolean requestSeen;

  /** Whether something ended since the deadline was set, so that patience begins anew. */
  private boolean renewsDeadline;

  /** How many bytes at the head of {@link #pending} are known to be no whole request. */
  private int seenBytes;

  private @Nullable ByteBuf answers;
  private ConnectionOption option = ConnectionOption.CLOSE;
  private @Nullable TrackerExchange waiting;
  private @Nullable PageRelay relay;
  private boolean pageUnderWay;
  private boolean finishing;

  /** Whether the client may still be sending, and would lose the answer to a plain close. */
  private boolean lingers;

  private int lingeringBytes;
  private long writeProgress;

  HttpConnection(HttpWorker worker, HttpService service) {
    this.worker = worker;
    this.service = service;
  }

  // What the channel says

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    worker.opened(deadline);
    if (!(context.channel().remoteAddress() instanceof InetSocketAddress address)) {
      close(); // gone already
      return;
    }
    AddressBytes.copy(address.getAddress(), remote);
    proxied = service.proxies().contains(remote);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      read(in);
    } finally {
      in.release();
    }
  }

  private void read(ByteBuf in) {
    int length = in.readableBytes();
    if (state == State.LINGERING) {
      lingeringBytes += length;
      if (lingeringBytes > MAX_LINGERING_BYTES) {
        close();
      }
    } else if (state == State.OPEN) {
      byte[] scratch = worker.scratch();
      if (pending.isEmpty() && length <= scratch.length && !blocked()) {
        in.readBytes(scratch, 0, length);
        int used = decode(scratch, 0, length);
        if (used < length && state == State.OPEN) {
          pending.append(scratch, used, length);
        }
      } else {
        pending.append(in);
        decodePending();
      }
    } else if (state == State.CLOSING) {
      lingers = true;
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    settle();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (relay != null) {
      context.fireChannelWritabilityChanged();
    }
    if (context.channel().isWritable()) {
      resume();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      settle();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    state = State.CLOSED;
    pending.clear();
    if (answers != null) {
      answers.release();
      answers = null;
    }
    if (waiting != null) {
      waiting.abandon();
      waiting = null;
    }
    worker.closed(deadline);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.error("closing a connection after an error that is not its client's", cause);
    }
    close();
  }

  // Decoding

  private void decodePending() {
    int used = decode(pending.bytes(), pending.from(), pending.to());
    if (state == State.OPEN) {
      pending.discard(used);
    } else {
      pending.clear();
    }
  }

  /** Handles whole requests until one is not whole or must wait; returns the bytes they took. */
  private int decode(byte[] buffer, int from, int to) {
    RequestHead head = worker.head();
    head.clientAddressHeader(proxied ? service.clientAddressHeader() : null);
    int at = from;
    decoding = true;
    try {
      while (at < to && !blocked()) {
        int length = head.parse(buffer, at, to, seenBytes);
        if (length == RequestHead.MALFORMED) {
          worker.count(TrackerCounter.HTTP_MALFORMED);
          refuse(HttpError.BAD_REQUEST);
        } else if (length > worker.options().maxRequestBytes()
            || (length == RequestHead.INCOMPLETE
                && to - at >= worker.options().maxRequestBytes())) {
          worker.count(TrackerCounter.HTTP_TOO_LARGE);
          refuse(
              RequestHead.requestLineEnded(buffer, at, to)
                  ? HttpError.HEADERS_TOO_LARGE
                  : HttpError.URI_TOO_LONG);
        } else if (length == RequestHead.INCOMPLETE) {
          seenBytes = to - at;
          break;
        } else {
          seenBytes = 0;
          requestSeen = true;
          renewsDeadline = true;
          worker.dispatcher().dispatch(this, buffer, at, at + length);
          at += length;
          if (answers != null && answers.readableBytes() >= MAX_UNFLUSHED_BYTES) {
            flush();
          }
        }
      }
    } finally {
      decoding = false;
    }
    lingers |= state == State.CLOSING && at < to;
    return at - from;
  }

  private boolean blocked() {
    return state != State.OPEN || busy() || !ctx.channel().isWritable();
  }

  private boolean busy() {
    return waiting != null || pageUnderWay;
  }

  // What the dispatcher wants

  PeerAddress remote() {
    return remote;
  }

  boolean proxied() {
    return proxied;
  }

  TrustedProxies proxies() {
    return service.proxies();
  }

  /** Begins a request that is to be answered with {@code connectionOption}. */
  void begin(ConnectionOption connectionOption) {
    option = connectionOption;
  }

  /** Rests until {@code exchange} has its answer. */
  void await(TrackerExchange exchange) {
    waiting = exchange;
  }

  void failure(FailureReason reason) {
    answers = worker.answers().failure(answers, ctx.alloc(), option, reason, null);
    answered();
  }

  void headOnly() {
    answers = worker.answers().headOnly(answers, ctx.alloc(), option);
    answered();
  }

  void error(HttpError error) {
    answers = worker.answers().error(answers, ctx.alloc(), option, error, true);
    answered();
  }

  /** Answers with {@code error} and closes, whatever else the client sends. */
  void refuse(HttpError error) {
    option = ConnectionOption.CLOSE;
    lingers = true;
    error(error);
  }

  /**
   * Hands a request to the pages and rests until it is answered.
   *
   * @param hook who answers it in place of the page handler, or null
   */
  void page(byte[] buffer, int from, int to, RequestHead head, @Nullable FullScrape hook) {
    PageRelay pages = relay;
    if (pages == null) {
      pages = PageRelay.install(ctx, this, worker);
      relay = pages;
    }
    pageUnderWay = true;
    flush();
    pages.begin(hook, head.acceptsGzip(), option);
    ctx.fireChannelRead(ctx.alloc().directBuffer(to - from).writeBytes(buffer, from, to - from));
    ctx.fireChannelReadComplete();
  }

  // What answers bring

  /** The tracker's answer has come, at once or late. */
  void answered(TrackerExchange exchange) {
    waiting = null;
    if (worker.stopping()) {
      option = ConnectionOption.CLOSE;
    }
    answers = exchange.write(worker.answers(), answers, ctx.alloc(), option);
    answered();
    resume();
  }

  private void answered() {
    if (option == ConnectionOption.CLOSE && state == State.OPEN) {
      state = State.CLOSING;
    }
  }

  /** The page has been written, and the connection stays open if {@code keepAlive}. */
  void pageAnswered(boolean keepAlive) {
    pageUnderWay = false;
    if (!keepAlive && state == State.OPEN) {
      state = State.CLOSING;
    }
    resume();
  }

  /** The pages' codec does not take for HTTP what the connection took for it. */
  void pageRefused() {
    pageUnderWay = false;
    worker.count(TrackerCounter.HTTP_MALFORMED);
    refuse(HttpError.BAD_REQUEST);
    resume();
  }

  private void resume() {
    if (decoding || state == State.CLOSED) {
      return;
    }
    if (!pending.isEmpty() && !blocked()) {
      decodePending();
    }
    settle();
  }

  // Flushing and closing

  private void flush() {
    ByteBuf written = answers;
    if (written != null) {
      answers = null;
      ctx.writeAndFlush(written, ctx.voidPromise());
    }
  }

  /**
   * Brings everything in line with what has happened: flush, close, deadline, interest in reads.
   */
  private void settle() {
    flush();
    if (inputEnded && state == State.OPEN && !busy()) {
      state = State.CLOSING;
    } else if (inputEnded && state == State.LINGERING) {
      close();
    }
    if (state == State.CLOSING && !busy()) {
      finish();
    }
    if (state == State.CLOSED) {
      return;
    }
    Kind kind = awaited();
    if (kind != deadline.kind || renewsDeadline) {
      renewsDeadline = false;
      writeProgress = writeProgress();
      worker.awaits(deadline, kind);
    }
    boolean reads = state == State.LINGERING || !blocked();
    if (ctx.channel().config().isAutoRead() != reads) {
      ctx.channel().config().setAutoRead(reads);
    }
  }

  private Kind awaited() {
    if (state == State.LINGERING) {
      return Kind.LINGER;
    } else if (busy()) {
      return Kind.ANSWER;
    } else if (!pending.isEmpty() && ctx.channel().isWritable()) {
      return Kind.REQUEST;
    } else if (!flushed()) {
      return Kind.WRITE;
    }
    return requestSeen ? Kind.IDLE : Kind.REQUEST;
  }

  /** Closes as soon as everything is flushed; lingers for a client that would miss the refusal. */
  private void finish() {
    if (!flushed()) {
      if (!finishing) {
        finishing = true;
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> settle());
      }
    } else if (lingers && !inputEnded) {
      state = State.LINGERING;
      ((DuplexChannel) ctx.channel()).shutdownOutput();
    } else {
      close();
    }
  }

  private boolean flushed() {
    ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
    return buffer == null || buffer.isEmpty();
  }

  /** A figure that changes whenever the client takes bytes. */
  private long writeProgress() {
    ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.currentProgress() - buffer.totalPendingWriteBytes();
  }

  private void close() {
    state = State.CLOSED;
    ctx.close();
  }

  // Deadlines

  @Override
  public void expired(Kind kind) {
    switch (kind) {
      case WRITE -> {
        if (flushed() || writeProgress != writeProgress()) {
          renewsDeadline = true;
          settle();
        } else {
          timeOut();
        }
      }
      case ANSWER -> expiredAnswer();
      case REQUEST -> {
        worker.count(TrackerCounter.HTTP_TIMEOUTS);
        if (pending.isEmpty()) {
          close();
        } else {
          pending.clear();
          refuse(HttpError.REQUEST_TIMEOUT);
          settle();
        }
      }
      case IDLE -> timeOut();
      case LINGER -> close();
    }
  }

  private void expiredAnswer() {
    if (pageUnderWay && !flushed() && writeProgress != writeProgress()) {
      writeProgress = writeProgress();
    } else {
      worker.count(TrackerCounter.HTTP_UNANSWERED);
      close();
    }
  }

  private void timeOut() {
    worker.count(TrackerCounter.HTTP_TIMEOUTS);
    close();
  }

  @Override
  public void stopping() {
    if (deadline.kind == Kind.IDLE || (deadline.kind == Kind.WRITE && pending.isEmpty())) {
      state = State.CLOSING;
      settle();
    }
  }

  @Override
  public boolean cut() {
    boolean underWay = busy() || !pending.isEmpty() || !flushed();
    close();
    return underWay;
  }
}
