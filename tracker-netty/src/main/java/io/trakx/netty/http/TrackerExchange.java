package io.trakx.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponder;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.protocol.ScrapeResponder;
import io.trakx.core.stats.RequestAction;
import io.trakx.core.stats.RequestMeter;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One question to the tracker with everything that it writes to, and the way back to the connection
 * that asked.
 *
 * <p>The tracker may answer before the call returns, or later and from a thread of its own; until
 * then request, response and scrape are the tracker's. So an exchange is lent to a question and
 * given back to its event loop's stock only when answered, whatever became of the connection. Apart
 * from the responders' methods, used on its event loop only.
 */
final class TrackerExchange implements AnnounceResponder, ScrapeResponder, Runnable {
  private final HttpWorker worker;
  private final AnnounceRequest request = new AnnounceRequest();
  private final AnnounceResponse response;
  private final Scrape scrape;
  private @Nullable Requester asker;
  private boolean scraping;
  private long startedNanos;
  private @Nullable FailureReason reason;
  private @Nullable String detail;

  TrackerExchange(HttpWorker worker, HttpOptions options) {
    this.worker = worker;
    this.response = new AnnounceResponse(options.maxPeers());
    this.scrape = new Scrape(options.maxScrapeHashes());
  }

  AnnounceRequest request() {
    return request;
  }

  Scrape scrape() {
    return scrape;
  }

  /**
   * Puts the announce of {@code current} to the tracker.
   *
   * @param begunNanos as {@link RequestMeter#begin()} had it
   */
  void announce(Requester current, long begunNanos) {
    asker = current;
    startedNanos = begunNanos;
    scraping = false;
    reason = null;
    detail = null;
    worker.tracker().announce(request, response, this);
  }

  /**
   * Puts the scrape of {@code current} to the tracker.
   *
   * @param begunNanos as {@link RequestMeter#begin()} had it
   */
  void scrape(Requester current, long begunNanos) {
    asker = current;
    startedNanos = begunNanos;
    scraping = true;
    reason = null;
    worker.tracker().scrape(scrape, this);
  }

  /** The connection no longer wants the answer; the exchange is out until it comes all the same. */
  void abandon() {
    asker = null;
  }

  @Override
  public void announced(AnnounceRequest announced, AnnounceResponse answer) {
    answer();
  }

  @Override
  public void refused(
      AnnounceRequest refused, FailureReason failureReason, @Nullable String failureDetail) {
    reason = failureReason;
    detail = failureDetail;
    answer();
  }

  @Override
  public void scraped(Scrape answer) {
    answer();
  }

  private void answer() {
    if (worker.loop().inEventLoop()) {
      run();
      return;
    }
    try {
      worker.loop().execute(this);
    } catch (RejectedExecutionException e) {
      // The event loop has ended, and the connection with it: nobody is left to be told.
    }
  }

  /** Takes the answer to the connection; on the event loop. */
  @Override
  public void run() {
    Requester current = asker;
    asker = null;
    try {
      if (current != null) {
        current.answered(this);
        count(current);
      }
    } finally {
      worker.giveBack(this);
    }
  }

  private void count(Requester current) {
    RequestMeter meter = worker.meter();
    FailureReason why = reason;
    if (scraping) {
      meter.answered(RequestAction.SCRAPE, current.remote().family(), startedNanos);
    } else if (why == null) {
      meter.announced(request.peerId(), request.address().family(), startedNanos);
    } else {
      meter.refused(RequestAction.ANNOUNCE, request.address().family(), why, startedNanos);
    }
  }

  /** Writes the answer behind {@code answers}, which may be null, and returns the buffer. */
  ByteBuf write(
      AnswerWriter writer,
      @Nullable ByteBuf answers,
      ByteBufAllocator allocator,
      ConnectionOption option) {
    FailureReason why = reason;
    if (why != null) {
      return writer.failure(answers, allocator, option, why, detail);
    }
    return scraping
        ? writer.scrape(answers, allocator, option, scrape)
        : writer.announce(answers, allocator, option, request, response);
  }
}
