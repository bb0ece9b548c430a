package io.trakx.netty.http;

import io.netty.channel.ChannelHandlerContext;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.stats.TrackerCounter;
import org.jspecify.annotations.Nullable;

/**
 * The request that a connection is answering: one at a time, at once or when tracker or pages are
 * ready. Used on its event loop only.
 */
final class CurrentRequest implements Requester {
  private final HttpConnection connection;
  private final HttpWorker worker;
  private final ChannelHandlerContext ctx;
  private final ConnectionOutput output;

  /** What the answer is to say about the connection. */
  private ConnectionOption option = ConnectionOption.CLOSE;

  private int begun;
  private @Nullable TrackerExchange waiting;
  private @Nullable PageRelay relay;
  private boolean pageUnderWay;
  private boolean fullScrape;

  /**
   * @param ctx the connection's own
   */
  CurrentRequest(
      HttpConnection connection,
      HttpWorker worker,
      ChannelHandlerContext ctx,
      ConnectionOutput output) {
    this.connection = connection;
    this.worker = worker;
    this.ctx = ctx;
    this.output = output;
  }

  /**
   * Begins with a request that is to be answered with {@code connectionOption}, unless it is the
   * last one that a connection may carry.
   */
  void begin(ConnectionOption connectionOption) {
    begun++;
    option = worker.permitted(connectionOption, begun);
    connection.requestBegun();
  }

  /** The connection has carried {@code requests} requests before. */
  void begun(int requests) {
    begun = requests;
  }

  /** Whether an answer is still to come. */
  boolean unanswered() {
    return waiting != null || pageUnderWay;
  }

  /** Whether a full scrape is still to be answered; it takes what it takes. */
  boolean asksForAll() {
    return pageUnderWay && fullScrape;
  }

  /** Whether there is a page handler, which then wants to hear what the channel says. */
  boolean hasPages() {
    return relay != null;
  }

  @Override
  public PeerAddress remote() {
    return connection.remote().address();
  }

  @Override
  public boolean proxied() {
    return connection.remote().proxied();
  }

  @Override
  public TrustedProxies proxies() {
    return connection.remote().proxies();
  }

  @Override
  public void failure(FailureReason reason) {
    output.failure(option, reason);
    connection.answered(option);
  }

  void headOnly() {
    output.headOnly(option);
    connection.answered(option);
  }

  void error(HttpError error) {
    output.error(option, error);
    connection.answered(option);
  }

  /** Answers with {@code error} and closes, whatever else the client sends. */
  void refuse(HttpError error) {
    option = ConnectionOption.CLOSE;
    output.error(option, error);
    connection.answered(option);
    connection.linger();
  }

  /** The same for a client that does not look at the status, before it has asked for anything. */
  void refuse(FailureReason reason) {
    begin(ConnectionOption.CLOSE);
    failure(reason);
    connection.linger();
  }

  @Override
  public void await(TrackerExchange exchange) {
    waiting = exchange;
  }

  @Override
  public void answered(TrackerExchange exchange) {
    waiting = null;
    if (worker.stopping()) {
      option = ConnectionOption.CLOSE;
    }
    output.answer(option, exchange);
    connection.answered(option);
    connection.resume();
  }

  /**
   * Leaves the answer to the pages.
   *
   * @param hook who answers in place of the page handler, or null
   */
  void page(byte[] buffer, int from, int to, RequestHead head, @Nullable FullScrape hook) {
    PageRelay pages = relay;
    if (pages == null) {
      pages = PageRelay.install(ctx, this, worker);
      relay = pages;
    }
    pageUnderWay = true;
    fullScrape = hook != null;
    output.flush();
    pages.begin(hook, head.acceptsGzip(), option);
    ctx.fireChannelRead(ctx.alloc().directBuffer(to - from).writeBytes(buffer, from, to - from));
    ctx.fireChannelReadComplete();
  }

  /** What there is of the page was flushed. */
  void pageFlushed() {
    connection.pageFlushed();
  }

  /** The page has been written, and the connection stays open if {@code keepAlive}. */
  void pageAnswered(boolean keepAlive) {
    pageUnderWay = false;
    connection.answered(keepAlive ? option : ConnectionOption.CLOSE);
    connection.resume();
  }

  /** The pages' codec does not take for HTTP what was taken for it here. */
  void pageRefused() {
    pageUnderWay = false;
    worker.count(TrackerCounter.HTTP_MALFORMED);
    refuse(HttpError.BAD_REQUEST);
    connection.resume();
  }

  /** The connection is closed: whatever comes is dropped. */
  void abandon() {
    if (waiting != null) {
      waiting.abandon();
      waiting = null;
    }
  }
}
