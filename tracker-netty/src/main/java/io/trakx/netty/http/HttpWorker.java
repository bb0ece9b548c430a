package io.trakx.netty.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.trakx.core.Tracker;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.protocol.PeerAddress;
import io.trakx.core.stats.Protocol;
import io.trakx.core.stats.RequestMeter;
import io.trakx.core.stats.TrackerCounter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one event loop share: decoders, the array they decode from, the stock of
 * exchanges with the tracker, and the reaper. Used on its event loop only, but where said.
 */
final class HttpWorker {
  /** What one read takes at most: room for an announce with a browser's worth of headers. */
  static final int READ_BYTES = 2048;

  /** Exchanges kept for reuse; more exist only while a tracker answers late. */
  private static final int MAX_SPARE_EXCHANGES = 64;

  private final EventLoop loop;
  private final HttpParts parts;
  private final RequestHead head = new RequestHead();
  private final HttpDispatcher dispatcher;
  private final AnswerWriter answers;
  private final RequestMeter meter;
  private final byte[] scratch;
  private final ConnectionReaper reaper;
  private final UnsentBytes unsent;
  private final ArrayDeque<TrackerExchange> spare = new ArrayDeque<>(MAX_SPARE_EXCHANGES);
  private final CompletableFuture<Integer> stopped = new CompletableFuture<>();
  private @Nullable ScheduledFuture<?> ticker;
  private @Nullable ScheduledFuture<?> cutter;
  private boolean stopping;
  private int cut;

  /**
   * May be called by any thread.
   *
   * @param maxUnsentBytes this event loop's share of what may wait for slow clients
   */
  HttpWorker(EventLoop loop, HttpParts parts, long maxUnsentBytes) {
    this.loop = loop;
    this.parts = parts;
    this.dispatcher = new HttpDispatcher(this, head);
    this.answers = new AnswerWriter(parts.options());
    this.meter = parts.counters().requests().newMeter(Protocol.HTTP);
    this.scratch = new byte[Math.max(parts.options().maxRequestBytes(), READ_BYTES)];
    this.reaper = new ConnectionReaper(parts.options(), parts.nanoClock());
    this.unsent = new UnsentBytes(reaper, maxUnsentBytes);
  }

  EventLoop loop() {
    return loop;
  }

  HttpOptions options() {
    return parts.options();
  }

  Tracker tracker() {
    return parts.tracker();
  }

  @Nullable FullScrape fullScrape() {
    return parts.fullScrape();
  }

  ChannelHandler newPageHandler() {
    return parts.pages().get();
  }

  RequestHead head() {
    return head;
  }

  HttpDispatcher dispatcher() {
    return dispatcher;
  }

  AnswerWriter answers() {
    return answers;
  }

  /** Where a read is copied to and decoded from; as long as the longest request or read. */
  byte[] scratch() {
    return scratch;
  }

  /** Counts one more open connection, unless there are too many, in all or of its network. */
  boolean admit(long network) {
    TrackerCounter refusal = parts.connections().open(network);
    if (refusal != null) {
      count(refusal);
    }
    return refusal == null;
  }

  /** Takes back what {@link #admit} counted; the connection is closed. */
  void dismiss(long network) {
    parts.connections().close(network);
    completeIfStopped();
  }

  void count(TrackerCounter counter) {
    parts.counters().increment(counter);
  }

  /** Why a client may not ask for anything now; null if it may. */
  @Nullable FailureReason refusal(PeerAddress client) {
    return parts.tracker().admit(client, parts.nanoClock().getAsLong());
  }

  /** Counts and times questions to the tracker. */
  RequestMeter meter() {
    return meter;
  }

  /** What waits for the clients of this event loop. */
  UnsentBytes unsent() {
    return unsent;
  }

  boolean stopping() {
    return stopping;
  }

  /** Whether the connection stays open after the answer to {@code request}. */
  boolean keepsAlive(RequestHead request) {
    return request.keepAlive() && parts.options().keepAlive() && !stopping;
  }

  /**
   * What the answer to a connection's {@code count}th request says about the connection.
   *
   * @param wanted what it says unless that is the last request a connection may carry
   */
  ConnectionOption permitted(ConnectionOption wanted, int count) {
    if (count != parts.options().requestsPerConnection() || wanted == ConnectionOption.CLOSE) {
      return wanted;
    }
    count(TrackerCounter.LIMITED_CONNECTION_REQUESTS);
    return ConnectionOption.CLOSE;
  }

  /** An exchange that nobody uses. */
  TrackerExchange lend() {
    TrackerExchange exchange = spare.pollLast();
    return exchange == null ? new TrackerExchange(this, parts.options()) : exchange;
  }

  void giveBack(TrackerExchange exchange) {
    if (spare.size() < MAX_SPARE_EXCHANGES) {
      spare.addLast(exchange);
    }
  }

  void opened(Deadline deadline) {
    if (ticker == null) {
      // Else this connection would have waited since the reaper was made.
      reaper.tick();
      long period = parts.options().timeoutResolution().toNanos();
      ticker = loop.scheduleAtFixedRate(reaper::tick, period, period, TimeUnit.NANOSECONDS);
    }
    reaper.add(deadline);
  }

  void awaits(Deadline deadline, Deadline.Kind kind) {
    reaper.begin(deadline, kind);
  }

  void closed(Deadline deadline) {
    reaper.remove(deadline);
    completeIfStopped();
  }

  /** The connection goes on with another deadline, once its channel is active. */
  void handedOn(Deadline deadline) {
    reaper.remove(deadline);
  }

  /**
   * Closes every connection once nothing is under way on it, and all of them after {@code grace}.
   * May be called by any thread.
   *
   * @return how many connections were closed with a request under way
   */
  CompletableFuture<Integer> stop(Duration grace) {
    loop.execute(
        () -> {
          stopping = true;
          reaper.forEach(Deadline::stopping);
          completeIfStopped();
          if (!stopped.isDone()) {
            cutter = loop.schedule(this::cutAll, grace.toNanos(), TimeUnit.NANOSECONDS);
          }
        });
    return stopped;
  }

  private void cutAll() {
    reaper.forEach(
        deadline -> {
          if (deadline.cut()) {
            cut++;
          }
        });
  }

  private static void cancel(@Nullable ScheduledFuture<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }

  private void completeIfStopped() {
    if (stopping && reaper.size() == 0) {
      cancel(ticker);
      cancel(cutter);
      stopped.complete(cut);
    }
  }
}
