package io.trakx.netty.udp;

import io.netty.buffer.ByteBuf;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.AnnounceResponder;
import io.trakx.core.protocol.AnnounceResponse;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.protocol.ScrapeResponder;
import io.trakx.core.stats.RequestAction;
import io.trakx.core.stats.RequestMeter;
import io.trakx.netty.transport.DatagramReply;
import io.trakx.netty.transport.DatagramSender;
import io.trakx.netty.transport.Outbox;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One question to the tracker: what is asked, what is answered, and where the answer goes.
 *
 * <p>The tracker may answer before the call returns, or later and from a thread of its own; until
 * then request, response and scrape are the tracker's. So an exchange is lent to a question and
 * given back to its event loop's stock only when answered. Apart from the responders' methods, used
 * on its event loop only.
 */
final class UdpExchange implements AnnounceResponder, ScrapeResponder, Runnable {
  private final UdpWorker worker;
  private final AnnounceRequest request = new AnnounceRequest();
  private final AnnounceResponse ipv4Response;
  private final AnnounceResponse ipv6Response;
  private final Scrape scrape;
  private final DatagramSender client = new DatagramSender();
  private @Nullable Outbox outbox;
  private int transaction;
  private boolean scraping;
  private long startedNanos;
  private @Nullable FailureReason reason;
  private @Nullable String detail;

  UdpExchange(UdpWorker worker, UdpOptions options) {
    this.worker = worker;
    this.ipv4Response = new AnnounceResponse(options.maxPeers(AddressFamily.IPV4));
    this.ipv6Response = new AnnounceResponse(options.maxPeers(AddressFamily.IPV6));
    this.scrape = new Scrape(options.maxScrapeTorrents());
  }

  AnnounceRequest request() {
    return request;
  }

  Scrape scrape() {
    return scrape;
  }

  /**
   * Puts the announce that {@link #request()} holds to the tracker.
   *
   * @param begunNanos as {@link RequestMeter#begin()} had it
   */
  void announce(int askersTransaction, DatagramSender asker, Outbox answers, long begunNanos) {
    begin(askersTransaction, asker, answers, begunNanos);
    scraping = false;
    try {
      worker.tracker().announce(request, response(), this);
    } catch (RuntimeException | Error e) {
      abandon();
      throw e;
    }
  }

  /**
   * Puts the scrape that {@link #scrape()} holds to the tracker; the client's address is in {@link
   * #request()}.
   *
   * @param begunNanos as {@link RequestMeter#begin()} had it
   */
  void scrape(int askersTransaction, DatagramSender asker, Outbox answers, long begunNanos) {
    begin(askersTransaction, asker, answers, begunNanos);
    scraping = true;
    try {
      worker.tracker().scrape(scrape, this);
    } catch (RuntimeException | Error e) {
      abandon();
      throw e;
    }
  }

  /** Nobody else has it once a tracker that answers at once has failed to. */
  private void abandon() {
    if (outbox != null && worker.tracker().answersAtOnce()) {
      outbox = null;
      worker.giveBack(this);
    }
  }

  private void begin(int askersTransaction, DatagramSender asker, Outbox answers, long begunNanos) {
    startedNanos = begunNanos;
    transaction = askersTransaction;
    client.set(asker);
    outbox = answers;
    reason = null;
    detail = null;
  }

  /** Room for as many peers as an answer over the client's family has. */
  private AnnounceResponse response() {
    return family() == AddressFamily.IPV4 ? ipv4Response : ipv6Response;
  }

  private AddressFamily family() {
    return request.address().family();
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
      // The event loop has ended, and its sockets with it: nobody is left to be told.
    }
  }

  /** Sends the answer; on the event loop. */
  @Override
  public void run() {
    Outbox answers = outbox;
    outbox = null;
    try {
      DatagramReply reply = worker.lendReply();
      if (reply != null && answers != null) {
        write(reply.begin(client));
        answers.send(reply);
        count();
      }
    } finally {
      worker.giveBack(this);
    }
  }

  private void count() {
    RequestMeter meter = worker.meter();
    FailureReason why = reason;
    if (scraping) {
      meter.answered(RequestAction.SCRAPE, family(), startedNanos);
    } else if (why == null) {
      meter.announced(request.peerId(), family(), startedNanos);
    } else {
      meter.refused(RequestAction.ANNOUNCE, family(), why, startedNanos);
    }
  }

  private void write(ByteBuf out) {
    FailureReason why = reason;
    if (why != null) {
      worker.countError();
      ErrorMessage.write(out, transaction, why.text(), detail);
    } else if (scraping) {
      ScrapeMessage.write(out, transaction, scrape);
    } else {
      AnnounceMessage.write(out, transaction, response(), family());
    }
  }
}
