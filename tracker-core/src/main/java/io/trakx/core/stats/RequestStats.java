package io.trakx.core.stats;

import io.trakx.core.protocol.AddressFamily;
import io.trakx.core.protocol.FailureReason;
import io.trakx.core.stats.DurationHistogram.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What the {@link RequestMeter}s of all event loops count, added up when asked. Thread-safe. */
public final class RequestStats {
  private final LongSupplier nanoClock;
  private final List<RequestMeter> meters = new CopyOnWriteArrayList<>();

  /**
   * @param nanoClock times requests, such as {@link System#nanoTime}
   */
  RequestStats(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** A meter for one event loop, which counts here for ever. */
  public RequestMeter newMeter(Protocol protocol) {
    RequestMeter meter = new RequestMeter(protocol, nanoClock);
    meters.add(meter);
    return meter;
  }

  /** How many requests of one kind there were. */
  public long requests(
      Protocol protocol, RequestAction action, AddressFamily family, RequestOutcome outcome) {
    return sum(of(protocol), meter -> meter.requests(action, family, outcome));
  }

  /** How many requests of one kind there were over all protocols. */
  public long requests(RequestAction action, AddressFamily family, RequestOutcome outcome) {
    return sum(meter -> true, meter -> meter.requests(action, family, outcome));
  }

  /**
   * How many requests were refused for one reason.
   *
   * @param reason null: they were malformed in a way that has no reason of its own
   */
  public long refusals(Protocol protocol, @Nullable FailureReason reason) {
    return sum(of(protocol), meter -> meter.refusals(reason));
  }

  /** How many announces of one client's were answered. */
  public long announces(ClientSoftware client) {
    return sum(meter -> true, meter -> meter.announces(client));
  }

  /** How long requests took of which one in {@value RequestMeter#TIMED_ONE_IN} was timed. */
  public Durations durations(Protocol protocol, RequestAction action) {
    List<DurationHistogram> durations = new ArrayList<>();
    for (RequestMeter meter : meters) {
      if (meter.protocol() == protocol) {
        durations.add(meter.durations(action));
      }
    }
    return DurationHistogram.sum(durations);
  }

  private static Predicate<RequestMeter> of(Protocol protocol) {
    return meter -> meter.protocol() == protocol;
  }

  private long sum(Predicate<RequestMeter> which, ToLongFunction<RequestMeter> figure) {
    long sum = 0;
    for (RequestMeter meter : meters) {
      if (which.test(meter)) {
        sum += figure.applyAsLong(meter);
      }
    }
    return sum;
  }
}
