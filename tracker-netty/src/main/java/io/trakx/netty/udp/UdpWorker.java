package io.trakx.netty.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.trakx.core.Tracker;
import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.AnnounceRequest;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.InfoHashBatch;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.stats.Protocol;
import io.trakx.core.stats.RequestAction;
import io.trakx.core.stats.RequestMeter;
import io.trakx.core.stats.TrackerCounter;
import io.trakx.netty.transport.DatagramBatch;
import io.trakx.netty.transport.DatagramOptions;
import io.trakx.netty.transport.DatagramReply;
import io.trakx.netty.transport.DatagramSender;
import io.trakx.netty.transport.DatagramService;
import io.trakx.netty.transport.Outbox;
import io.trakx.netty.transport.ReplyStock;
import java.util.ArrayDeque;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of each datagram that an event loop receives: an id, a question to the
 * tracker, an error, or silence.
 *
 * <pre>
 * what it is                              without a right id      with one
 * connect                                 a connection id
 * shorter than 16 bytes, from port 0      silence
 * 16 bytes of anything else               silence
 * announce, scrape                        silence                 the answer
 * the same, cut short or port 0           silence                 an error
 * any other action                        silence                 an error
 * any of these, one too many of a client  silence                 silence
 * </pre>
 *
 * <p>Used on its event loop only, but where said.
 */
final class UdpWorker implements DatagramService {
  private static final Logger LOG = LogManager.getLogger(UdpWorker.class);

  /** Questions under way at most; there is more than one only if a tracker answers late. */
  static final int MAX_EXCHANGES = 1024;

  private final EventLoop loop;
  private final UdpParts parts;
  private final UdpOptions options;
  private final ConnectionIds connectionIds;
  private final ReplyStock replies;
  private final RequestMeter meter;
  private final ArrayDeque<UdpExchange> spare = new ArrayDeque<>();
  private final PeerAddress remote = new PeerAddress();
  private final AnnounceOptions announceOptions = new AnnounceOptions();
  private final ScrapeMessage scrapeMessage = new ScrapeMessage();
  private final InfoHashBatch expected = new InfoHashBatch(DatagramOptions.BATCH);
  private int exchanges;
  private long nowNanos;

  /** May be called by any thread. */
  UdpWorker(EventLoop loop, UdpParts parts) {
    this.loop = loop;
    this.parts = parts;
    this.options = parts.options();
    this.connectionIds = parts.connectionIds();
    this.nowNanos = parts.nanoClock().getAsLong();
    this.meter = parts.counters().requests().newMeter(Protocol.UDP);
    this.replies = new ReplyStock(parts.allocator(), options.maxAnswerBytes(AddressFamily.IPV4));
  }

  EventLoop loop() {
    return loop;
  }

  Tracker tracker() {
    return parts.tracker();
  }

  /** One datagram that fails leaves the others of its batch their answers. */
  @Override
  public void received(DatagramBatch batch, Outbox outbox) {
    expect(batch);
    for (int i = 0; i < batch.size(); i++) {
      try {
        receive(batch.content(i), batch.sender(i), outbox);
      } catch (RuntimeException | Error e) {
        LOG.error("a UDP datagram could not be handled", e);
      }
    }
  }

  @Override
  public void sendFailed() {
    count(TrackerCounter.UDP_SEND_FAILED);
  }

  /**
   * Lets the tracker know what a batch of datagrams is about to announce, and looks at the clock
   * for all of them.
   */
  private void expect(DatagramBatch batch) {
    nowNanos = parts.nanoClock().getAsLong();
    expected.reset();
    for (int i = 0; i < batch.size(); i++) {
      ByteBuf in = batch.content(i);
      if (isAnnounce(in)) {
        AnnounceMessage.readInfoHash(in, expected);
      }
    }
    // One alone gains nothing by being looked for beforehand.
    if (expected.size() > 1) {
      parts.tracker().expect(expected);
    }
  }

  private static boolean isAnnounce(ByteBuf in) {
    return in.readableBytes() >= AnnounceMessage.REQUEST_BYTES
        && RequestHeader.action(in) == Action.ANNOUNCE;
  }

  /**
   * Handles one datagram.
   *
   * @param in stays the caller's
   * @param outbox where the answer goes, now or later
   */
  void receive(ByteBuf in, DatagramSender sender, Outbox outbox) {
    count(TrackerCounter.UDP_DATAGRAMS);
    int length = in.readableBytes();
    if (length < RequestHeader.BYTES || sender.port() == 0) {
      count(TrackerCounter.UDP_MALFORMED);
      return;
    }
    Senders.copyAddress(sender, remote);
    long id = RequestHeader.connectionId(in);
    int action = RequestHeader.action(in);
    if (action == Action.CONNECT && id == ConnectMessage.MAGIC) {
      connect(in, sender, outbox);
    } else if (length == RequestHeader.BYTES || action == Action.CONNECT) {
      count(TrackerCounter.UDP_MALFORMED);
    } else if (!connectionIds.accepts(id, remote)) {
      wrongId(in, action, sender, outbox);
    } else if (parts.tracker().admit(remote, nowNanos) != null) {
      return; // in silence: whoever sends too much gets no more for it, and clients wait longer
    } else if (action == Action.ANNOUNCE) {
      announce(in, sender, outbox);
    } else if (action == Action.SCRAPE) {
      scrape(in, sender, outbox);
    } else {
      error(in, ErrorMessage.UNKNOWN_ACTION, sender, outbox);
    }
  }

  private void connect(ByteBuf in, DatagramSender sender, Outbox outbox) {
    DatagramReply reply = lendReply();
    if (reply != null) {
      count(TrackerCounter.UDP_CONNECTS);
      ConnectMessage.write(
          reply.begin(sender), RequestHeader.transaction(in), connectionIds.issue(remote));
      outbox.send(reply);
      meter.answered(RequestAction.CONNECT, remote.family(), RequestMeter.NOT_TIMED);
    }
  }

  /**
   * Silence or, if wanted, an error that is shorter than what was sent. It is never taken for a
   * request by another tracker, however that one answers: it is shorter than any.
   */
  private void wrongId(ByteBuf in, int action, DatagramSender sender, Outbox outbox) {
    count(TrackerCounter.UDP_WRONG_ID);
    int length = in.readableBytes();
    boolean request =
        (action == Action.ANNOUNCE && length >= AnnounceMessage.REQUEST_BYTES)
            || (action == Action.SCRAPE && length >= ScrapeMessage.MIN_REQUEST_BYTES);
    if (request && options.answerWrongIds()) {
      error(in, ErrorMessage.WRONG_CONNECTION_ID, sender, outbox);
    }
  }

  private void announce(ByteBuf in, DatagramSender sender, Outbox outbox) {
    int length = in.readableBytes();
    if (length < AnnounceMessage.REQUEST_BYTES) {
      meter.refused(RequestAction.ANNOUNCE, remote.family(), null, RequestMeter.NOT_TIMED);
      refuse(in, TrackerCounter.ANNOUNCES_REFUSED, ErrorMessage.ANNOUNCE_TOO_SHORT, sender, outbox);
      return;
    }
    long startedNanos = meter.begin();
    UdpExchange exchange = lend();
    if (exchange == null) {
      return;
    }
    AnnounceRequest request = exchange.request();
    AnnounceMessage.read(in, request);
    request.address().addressOf(remote);
    if (request.address().port() == 0) {
      giveBack(exchange);
      meter.refused(
          RequestAction.ANNOUNCE, remote.family(), FailureReason.INVALID_PORT, startedNanos);
      refuse(
          in, TrackerCounter.ANNOUNCES_REFUSED, FailureReason.INVALID_PORT.text(), sender, outbox);
      return;
    }
    if (options.trustStatedIp() && remote.family() == AddressFamily.IPV4) {
      int stated = AnnounceMessage.statedAddress(in);
      if (stated != 0) {
        request.address().ipv4(stated);
      }
    }
    if (length > AnnounceMessage.REQUEST_BYTES
        && !announceOptions.read(in, in.readerIndex() + AnnounceMessage.REQUEST_BYTES)) {
      count(TrackerCounter.UDP_OPTIONS_BROKEN);
    }
    exchange.announce(RequestHeader.transaction(in), sender, outbox, startedNanos);
  }

  private void scrape(ByteBuf in, DatagramSender sender, Outbox outbox) {
    if (in.readableBytes() < ScrapeMessage.MIN_REQUEST_BYTES) {
      meter.refused(RequestAction.SCRAPE, remote.family(), null, RequestMeter.NOT_TIMED);
      refuse(in, TrackerCounter.SCRAPES_REFUSED, ErrorMessage.SCRAPE_TOO_SHORT, sender, outbox);
      return;
    }
    long startedNanos = meter.begin();
    UdpExchange exchange = lend();
    if (exchange != null) {
      scrapeMessage.read(in, exchange.scrape());
      exchange.request().address().addressOf(remote);
      exchange.scrape(RequestHeader.transaction(in), sender, outbox, startedNanos);
    }
  }

  private void refuse(
      ByteBuf in, TrackerCounter counter, String text, DatagramSender sender, Outbox outbox) {
    count(counter);
    error(in, text, sender, outbox);
  }

  private void error(ByteBuf in, String text, DatagramSender sender, Outbox outbox) {
    DatagramReply reply = lendReply();
    if (reply != null) {
      countError();
      ErrorMessage.write(reply.begin(sender), RequestHeader.transaction(in), text, null);
      outbox.send(reply);
    }
  }

  void count(TrackerCounter counter) {
    parts.counters().increment(counter);
  }

  /** Counts and times requests. */
  RequestMeter meter() {
    return meter;
  }

  void countError() {
    count(TrackerCounter.UDP_ERRORS);
  }

  /** A reply that nobody uses; null, counted, if there are too many on their way out. */
  @Nullable DatagramReply lendReply() {
    DatagramReply reply = replies.lend();
    if (reply == null) {
      count(TrackerCounter.UDP_OVERLOADED);
    }
    return reply;
  }

  /** An exchange that nobody uses; null, counted, if too many questions are under way. */
  private @Nullable UdpExchange lend() {
    UdpExchange exchange = spare.pollLast();
    if (exchange != null) {
      return exchange;
    }
    if (exchanges == MAX_EXCHANGES) {
      count(TrackerCounter.UDP_OVERLOADED);
      return null;
    }
    exchanges++;
    return new UdpExchange(this, options);
  }

  void giveBack(UdpExchange exchange) {
    spare.addLast(exchange);
  }

  /** Frees all memory; what the tracker answers from now on is dropped. */
  void close() {
    replies.close();
  }
}
