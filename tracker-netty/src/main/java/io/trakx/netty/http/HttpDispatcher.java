package io.trakx.netty.http;

import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.protocol.Scrape;
import io.trakx.core.stats.RequestAction;
import io.trakx.core.stats.TrackerCounter;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of one request: a question to the tracker, a page, or a refusal. One an
 * event loop, for all its connections.
 */
final class HttpDispatcher {
  private final HttpWorker worker;
  private final RequestHead head;
  private final QueryDecoder query = new QueryDecoder();
  private final PeerAddress client = new PeerAddress();

  HttpDispatcher(HttpWorker worker, RequestHead head) {
    this.worker = worker;
    this.head = head;
  }

  /** Handles the request whose head lies in {@code buffer} and has just been parsed. */
  void dispatch(HttpConnection connection, byte[] buffer, int from, int to) {
    worker.count(TrackerCounter.HTTP_REQUESTS);
    connection.request().begin(ConnectionOption.of(worker.keepsAlive(head), head.http10()));
    if (head.route() == Route.OTHER) {
      if (head.hasBody()) {
        connection.request().refuse(HttpError.BAD_REQUEST);
      } else {
        connection.request().page(buffer, from, to, head, null);
      }
    } else if (head.method() == HttpVerb.OTHER) {
      if (head.hasBody()) {
        connection.request().refuse(HttpError.METHOD_NOT_ALLOWED);
      } else {
        connection.request().error(HttpError.METHOD_NOT_ALLOWED);
      }
    } else if (head.hasBody()) {
      connection.request().refuse(HttpError.BAD_REQUEST);
    } else if (head.method() == HttpVerb.HEAD) {
      connection.request().headOnly();
    } else if (head.route() == Route.ANNOUNCE) {
      announce(connection.request(), buffer);
    } else if (!scrape(connection.request(), buffer)) {
      connection.request().page(buffer, from, to, head, worker.fullScrape());
    }
  }

  /** Puts the announce whose head lies in {@code buffer} and has just been parsed. */
  void announce(Requester requester, byte[] buffer) {
    long startedNanos = worker.meter().begin();
    FailureReason reason = FailureReason.INVALID_CLIENT_ADDRESS;
    if (findClient(requester, buffer)) {
      reason = worker.refusal(client);
    } else {
      worker.count(TrackerCounter.HTTP_PROXY_HEADER_BAD);
    }
    if (reason != null) {
      refuseAnnounce(requester, reason, startedNanos);
      return;
    }
    TrackerExchange exchange = worker.lend();
    AnnounceRequest request = exchange.request();
    reason = query.announce(buffer, head.queryFrom(), head.queryTo(), request);
    if (reason != null) {
      worker.giveBack(exchange);
      refuseAnnounce(requester, reason, startedNanos);
      return;
    }
    request.address().addressOf(client);
    if (worker.options().trustStatedIp()) {
      query.statedAddress(buffer, request.address());
    }
    requester.await(exchange);
    exchange.announce(requester, startedNanos);
  }

  /** Finds out who asks; false if that is for a trusted proxy to say, and it does not. */
  private boolean findClient(Requester requester, byte[] buffer) {
    if (requester.proxied()) {
      return ForwardedAddress.find(buffer, head, requester.proxies(), client);
    }
    client.addressOf(requester.remote());
    return true;
  }

  private void refuseAnnounce(Requester requester, FailureReason reason, long startedNanos) {
    worker.count(TrackerCounter.ANNOUNCES_REFUSED);
    requester.failure(reason);
    refused(RequestAction.ANNOUNCE, requester, reason, startedNanos);
  }

  /**
   * Puts the scrape whose head lies in {@code buffer} and has just been parsed. It needs no
   * address, so one without is not refused for that.
   *
   * @return false if it is one of all torrents that {@link HttpWorker#fullScrape()} is to answer
   */
  boolean scrape(Requester requester, byte[] buffer) {
    long startedNanos = worker.meter().begin();
    if (findClient(requester, buffer)) {
      FailureReason limit = worker.refusal(client);
      if (limit != null) {
        refuseScrape(requester, limit, startedNanos);
        return true;
      }
    }
    TrackerExchange exchange = worker.lend();
    Scrape scrape = exchange.scrape();
    @Nullable FailureReason reason = query.scrape(buffer, head.queryFrom(), head.queryTo(), scrape);
    if (reason == null && scrape.size() > 0) {
      requester.await(exchange);
      exchange.scrape(requester, startedNanos);
      return true;
    }
    worker.giveBack(exchange);
    if (reason == null && worker.fullScrape() != null) {
      return false;
    }
    refuseScrape(
        requester, reason == null ? FailureReason.FULL_SCRAPE_DISABLED : reason, startedNanos);
    return true;
  }

  private void refuseScrape(Requester requester, FailureReason reason, long startedNanos) {
    worker.count(TrackerCounter.SCRAPES_REFUSED);
    requester.failure(reason);
    refused(RequestAction.SCRAPE, requester, reason, startedNanos);
  }

  private void refused(
      RequestAction action, Requester requester, FailureReason reason, long startedNanos) {
    worker.meter().refused(action, requester.remote().family(), reason, startedNanos);
  }
}
